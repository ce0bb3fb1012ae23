"""Draws transposed convolutions and writes what Keras' own rule gives for them.

    python3 test/differential/transposed.py backend_utils.py 300 > test/differential/testdata/transposed.jsonl

The file is keras/src/backend/common/backend_utils.py, which is arithmetic and
needs nothing else of Keras. A line out is a network with the shape, parameters
and running statistics of each layer, as in the other samples.
"""

import importlib.util
import json
import math
import random
import sys


def rule(path):
    spec = importlib.util.spec_from_file_location("backend_utils", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.compute_conv_transpose_output_shape


def written(sides):
    return "x".join(map(str, sides))


def layer(draw, keras, size, channels):
    """A statement and what comes of it; none where Keras leaves nothing."""
    axes = len(size)
    filters = draw.randint(1, 4)
    kernel = [draw.randint(1, 5) for _ in size]
    stride, dilation = [draw.randint(1, 4) for _ in size], 1
    if draw.random() < 0.25:  # Keras has one or the other
        stride, dilation = [1] * axes, draw.randint(2, 3)
    pad = draw.choice(["valid", "same", "same"])
    outpad = None if draw.random() < 0.3 else [draw.randrange(s) for s in stride]
    _, *out = keras(
        (None, *size, channels), kernel, filters, stride, padding=pad,
        output_padding=outpad, dilation_rate=dilation, data_format="channels_last",
    )
    words = f"deconv {filters} {written(kernel)} stride {written(stride)} dilation {dilation} pad {pad}"
    if outpad is not None:
        words += " outpad " + written(outpad)
    elif pad == "valid" or draw.random() < 0.5:  # with same padding it is what Keras has anyway
        words += " outpad auto"
    return words, [out, (math.prod(kernel) * channels + 1) * filters, 0] if min(out) > 0 else None


def network(seed, keras):
    draw = random.Random(seed)
    size, channels = [draw.randint(1, 9) for _ in range(draw.choice([1, 2, 2, 3]))], draw.randint(1, 4)
    script = f"input x {written([*size, channels])}{' sequence' if len(size) == 1 else ''}\n"
    layers = [[[*size, channels], 0, 0]]
    while len(layers) < 6:
        words, result = layer(draw, keras, size, channels)
        if result:
            script += f"from x; {words}\n"
            layers.append(result)
    return {"seed": seed, "script": script, "layers": layers}


def main():
    keras = rule(sys.argv[1])
    for seed in range(1, int(sys.argv[2]) + 1):
        print(json.dumps(network(seed, keras), separators=(",", ":")))


main()
