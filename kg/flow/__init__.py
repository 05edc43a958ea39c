"""The steps of a build, one module each; `kg.build` tells them as one story."""
