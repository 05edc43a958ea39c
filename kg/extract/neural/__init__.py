"""The trained extractor at run time: onnxruntime, tokenizers and numpy; no torch, no network.

`Model.load()` reads the shipped folder, `Model.predict()` gives scored raw predictions, `assemble()` makes records of
them. Imports are left to the modules, so that `import kg` stays light.
"""
