"""CX2 (https://cytoscape.org/cx/cx2/specification/), for Cytoscape 3.10 and later, Cytoscape Web and NDEx.

Its ids are whole numbers, given in the order of the rows; the column `kg_id` has the id as every other format has it.
The style comes along: colour and shape by type, label by name.
"""

from __future__ import annotations

from typing import Any, TextIO

from kg.export.json_lines import dump, write_list
from kg.export.source import Cells, Source, Tally
from kg.staging import Staging
from kg.view.colours import STYLES, radius

__all__ = ["FILE", "write"]

FILE = "graph.cx2"

_TYPES = {"string": "string", "int": "integer", "double": "double"}
_SHAPES = {
    "dot": "ellipse",
    "hexagon": "hexagon",
    "square": "rectangle",
    "triangle": "triangle",
    "triangleDown": "vee",
    "diamond": "diamond",
    "star": "octagon",
}


def _declared(cells: Cells) -> dict[str, dict[str, str]]:
    columns = {("kg_id" if c.name == "id" else c.name): {"d": _TYPES[c.type]} for c in cells.columns}
    return {"name": {"d": "string"}} | columns


def _discrete(values: dict[str, Any]) -> dict[str, Any]:
    table = [{"v": name, "vp": value} for name, value in sorted(values.items())]
    return {"type": "DISCRETE", "definition": {"attribute": "type", "type": "string", "map": table}}


def _style(most: int) -> dict[str, Any]:
    colours = {name: style.colour for name, style in STYLES.items()}
    shapes = {name: _SHAPES[style.shape] for name, style in STYLES.items()}
    size = {
        "attribute": "papers",
        "type": "integer",
        "map": [
            {
                "min": 1,
                "max": most,
                "minVPValue": 2 * radius(1),
                "maxVPValue": 2 * radius(most, most),
                "includeMin": True,
                "includeMax": True,
            }
        ],
    }
    label = {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}}
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_LABEL_FONT_SIZE": 10, "NODE_BORDER_WIDTH": 1},
            "edge": {"EDGE_TARGET_ARROW_SHAPE": "delta", "EDGE_LINE_COLOR": "#A0A0A0"},
        },
        "nodeMapping": {
            "NODE_BACKGROUND_COLOR": _discrete(colours),
            "NODE_SHAPE": _discrete(shapes),
            "NODE_LABEL": label,
            "NODE_WIDTH": {"type": "CONTINUOUS", "definition": size},
            "NODE_HEIGHT": {"type": "CONTINUOUS", "definition": size},
        },
        "edgeMapping": {},
    }


def _part(out: TextIO, name: str, items: list[Any]) -> None:
    out.write(f'{{"{name}":{dump(items)}}},\n')


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges are in it."""
    node_cells, edge_cells = Cells.nodes("id"), Cells.edges("id", "source", "target")
    tally = source.tally
    numbers: dict[str, int] = {}

    def node(number: int, row: Any, position: tuple[float, float]) -> dict[str, Any]:
        numbers[row.id] = number
        values = {"name": row.label, "kg_id": row.id} | node_cells.fields(row)
        return {"id": number, "x": position[0], "y": position[1], "v": values}

    def edge(number: int, row: Any) -> dict[str, Any]:
        values = {"name": row.label, "kg_id": row.id} | edge_cells.fields(row)
        return {"id": number, "s": numbers[row.source], "t": numbers[row.target], "v": values}

    parts = (
        ("attributeDeclarations", 1),
        ("networkAttributes", 1),
        ("nodes", tally.nodes),
        ("edges", tally.edges),
        ("visualProperties", 1),
    )
    with files.text(FILE) as out:
        out.write('[{"CXVersion":"2.0","hasFragments":false},\n')
        _part(out, "metaData", [{"name": name, "elementCount": count} for name, count in parts])
        declared = {
            "networkAttributes": {"name": {"d": "string"}},
            "nodes": _declared(Cells.nodes()),
            "edges": _declared(Cells.edges("source", "target")),
        }
        _part(out, "attributeDeclarations", [declared])
        _part(out, "networkAttributes", [{"name": "kg"}])
        out.write('{"nodes":')
        nodes = write_list(out, (node(n, row, at) for n, (row, at) in enumerate(source.placed())))
        out.write('},\n{"edges":')
        edges = write_list(out, (edge(n, row) for n, row in enumerate(source.edges())))
        out.write("},\n")
        _part(out, "visualProperties", [_style(max(30, source.most))])
        out.write('{"status":[{"completed":true,"error":""}]}]\n')
    return Tally(nodes=nodes, edges=edges)
