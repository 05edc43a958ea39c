import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.jgrapht.util.SupplierUtil;

/** Reads a GraphML file with JGraphT, checked against the schema; prints its attributes, a line each, tabs between. */
public class ReadGraphml {
  public static void main(String[] arguments) throws Exception {
    DirectedPseudograph<String, DefaultEdge> graph =
        new DirectedPseudograph<>(
            SupplierUtil.createStringSupplier(), SupplierUtil.DEFAULT_EDGE_SUPPLIER, false);
    GraphMLImporter<String, DefaultEdge> importer = new GraphMLImporter<>();
    importer.setSchemaValidation(true);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    importer.addVertexAttributeConsumer(
        (about, value) ->
            out.println("node\t" + about.getFirst() + "\t" + about.getSecond() + "\t" + value.getValue()));
    java.util.Map<DefaultEdge, Integer> numbers = new java.util.IdentityHashMap<>();
    importer.addEdgeAttributeConsumer(
        (about, value) -> {
          int number = numbers.computeIfAbsent(about.getFirst(), edge -> numbers.size());
          out.println("edge\t" + number + "\t" + about.getSecond() + "\t" + value.getValue());
        });
    importer.importGraph(graph, new File(arguments[0]));
    out.println("count\t" + graph.vertexSet().size() + "\t" + graph.edgeSet().size());
    out.flush();
  }
}
