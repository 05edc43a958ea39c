"""Training of the extractor that ships in `kg/extract/neural/model`: an extra, never imported by the program itself.

Comes in: the folder of shared data (gold abstracts, public sets, abstracts without labels). Goes out: the model folder.
Run it as `python -m kg.train STEP --shared DIR --work DIR`; MODEL_CARD.md tells the steps and what each brought.
"""
