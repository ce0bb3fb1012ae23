"""Builds random networks in PyTorch, runs them, and tells what came out.

A line in is a network, as network.go describes it; a line out has its script
and, for each layer, the output's shape without the batch, channels last, the
new parameters and the new buffers. Between layers tensors keep their channels
last, as the language has them.
"""

import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(1)
torch.set_num_threads(1)


def first(x):  # channels first
    return x.movedim(-1, 1).contiguous()


def last(x):  # channels last
    return x.movedim(1, -1)


def sides(value, axes):
    if isinstance(value, (list, tuple)):
        return tuple(value) if len(value) > 1 else tuple(value) * axes
    return (value,) * axes


def axes_of(x):
    return x.dim() - 2


def by_rank(name, x):
    return getattr(nn, f"{name}{axes_of(x)}d")


def over_channels(module):
    """A module between two tensors whose channels come last."""
    return module, lambda x, *_: last(module(first(x)))


def plain(module):
    return module, lambda x, *_: module(x)


def function(f):
    return None, f


def padding(a, n):
    pad = a.get("pad", 0)
    return {"valid": 0, "same": "same"}[pad] if isinstance(pad, str) else sides(pad, n)


def window(a, n):
    return dict(stride=sides(a.get("stride", 1), n), dilation=sides(a.get("dilation", 1), n))


def conv(a, x, *_):
    n = axes_of(x)
    if a.get("pad") == "causal":
        module, run = conv({**a, "pad": 0}, x)
        front = sides(a.get("dilation", 1), n)[0] * (sides(a["kernel"], n)[0] - 1)
        return module, lambda x, *_: run(F.pad(x, (0, 0, front, 0)))
    return over_channels(
        by_rank("Conv", x)(
            x.shape[-1], a["filters"], sides(a["kernel"], n), padding=padding(a, n), groups=a.get("groups", 1), bias=a.get("bias", True), **window(a, n)
        )
    )


def depthwise(a, x, *_):
    c = x.shape[-1]
    return conv({**a, "filters": c * a.get("multiplier", 1), "groups": c}, x)


def separable(a, x, *_):
    deep, run = depthwise({**a, "bias": False}, x)
    wide = by_rank("Conv", x)(deep.out_channels, a["filters"], 1, bias=a.get("bias", True))
    return nn.Sequential(deep, wide), lambda x, *_: last(wide(first(run(x))))


def deconv(a, x, *_):
    n = axes_of(x)
    return over_channels(
        by_rank("ConvTranspose", x)(
            x.shape[-1],
            a["filters"],
            sides(a["kernel"], n),
            padding=padding(a, n),
            output_padding=sides(a.get("outpad", 0), n),
            groups=a.get("groups", 1),
            bias=a.get("bias", True),
            **window(a, n),
        )
    )


def dense(a, x, *_):
    if not a.get("each") and x.dim() > 2:
        raise ValueError("dense of more than a vector")
    return plain(nn.Linear(x.shape[-1], a["units"], bias=a.get("bias", True)))


def pool(kind):
    def build(a, x, *_):
        n = axes_of(x)
        if a.get("global"):
            module = by_rank(f"Adaptive{kind}Pool", x)(1)
            return module, lambda x, *_: module(first(x)).flatten(1)
        if "to" in a:
            return over_channels(by_rank(f"Adaptive{kind}Pool", x)(sides(a["to"], n)))
        kernel = sides(a["kernel"], n)
        options = dict(stride=sides(a.get("stride", kernel if n else 1), n), padding=sides(a.get("pad", 0), n), ceil_mode=a.get("ceil", False))
        if kind == "Max":
            options["dilation"] = sides(a.get("dilation", 1), n)
        if kind == "Avg" and n == 1:
            kernel, options = kernel[0], {k: v[0] if isinstance(v, tuple) else v for k, v in options.items()}
        return over_channels(by_rank(f"{kind}Pool", x)(kernel, **options))

    return build


def affine(a):
    return a.get("gamma", True)


def batchnorm(a, x, *_):
    module = nn.BatchNorm1d if x.dim() < 4 else by_rank("BatchNorm", x)
    module = module(x.shape[-1], affine=affine(a), track_running_stats=a.get("stats", True))
    if not a.get("stats", True):  # it would need more than one number of each channel
        return module, lambda x, *_: x
    return over_channels(module)


def layernorm(a, x, *_):
    shape = x.shape[1:] if a.get("over") == "all" else x.shape[-1:]
    return plain(nn.LayerNorm(shape, elementwise_affine=affine(a)))


def groupnorm(a, x, *_):
    module = nn.GroupNorm(a["groups"], x.shape[-1], affine=affine(a))
    if x[0].numel() == a["groups"]:  # it wants more than one number in a group
        return module, lambda x, *_: x
    return over_channels(module)


def instancenorm(a, x, *_):
    module = by_rank("InstanceNorm", x)(x.shape[-1], affine=affine(a))
    if x[0, ..., 0].numel() == 1:  # it wants more than one position
        return module, lambda x, *_: x
    return over_channels(module)


def activation(cls):
    return lambda a, *_: plain(cls())


def prelu(a, x, *_):
    return over_channels(nn.PReLU(1 if a.get("single") else x.shape[-1]))


def flatten(a, *_):
    if a.get("sequence"):
        return function(lambda x, *_: x.flatten(1, -2))
    return plain(nn.Flatten())


def axis_of(a, name, x):
    spatial = {1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"]}
    if not x.is_floating_point():  # ids have no channels
        return 1 + spatial[x.dim() - 1].index(a[name])
    names = spatial.get(x.dim() - 2, []) + ["channels"]
    return 1 + names.index(a.get(name, "channels"))


def take(a, x, *_):
    places = torch.tensor(a["places"]) - 1
    return function(lambda x, *_: x.index_select(axis_of(a, "axis", x), places))


def zeropad(a, x, *_):
    n = axes_of(x)
    amounts = []
    for word in ("before", "after"):
        some = sides(a.get("pad", a.get(word, 0)), n)
        amounts.append(some if len(some) > n else (*some, 0))  # the last is for the channels
    amounts = [side for pair in zip(reversed(amounts[0]), reversed(amounts[1])) for side in pair]
    return function(lambda x, *_: F.pad(x, amounts))


def crop(a, x, *_):
    n = axes_of(x)
    here = x.shape[1:-1]
    if "to" in a:
        to = sides(a["to"], n)
        cut = [(h - t) // 2 for h, t in zip(here, to)]
    else:
        cut = sides(a["cut"], n)
        to = [h - 2 * c for h, c in zip(here, cut)]
    places = (slice(None), *(slice(c, c + t) for c, t in zip(cut, to)))
    return function(lambda x, *_: x[places])


def upsample(a, x, *_):
    n = axes_of(x)
    mode = next((m for m in ("bilinear", "bicubic", "area") if m in a), "nearest")
    if mode == "bilinear":
        mode = ("linear", "bilinear", "trilinear")[n - 1]
    if "to" in a:
        return over_channels(nn.Upsample(size=sides(a["to"], n), mode=mode))
    return over_channels(nn.Upsample(scale_factor=sides(a["factor"], n), mode=mode))


def shuffle(a, x, *_):  # nn.ChannelShuffle takes no sequences
    def run(x, *_):
        c = x.shape[-1]
        return x.unflatten(-1, (a["groups"], c // a["groups"])).transpose(-1, -2).flatten(-2)

    return function(run)


def merge(f):
    def run(*tensors):
        rank = max(t.dim() for t in tensors)
        stretched = [t.reshape(t.shape[0], *[1] * (rank - t.dim()), *t.shape[1:]) for t in tensors]
        out = stretched[0]
        for t in stretched[1:]:
            out = f(out, t)
        return out

    return lambda a, *_: function(run)


def concat(a, x, *_):
    return function(lambda *tensors: torch.cat(tensors, axis_of(a, "along", tensors[0])))


def matmul(a, *_):
    return function(lambda x, y: x @ (y.transpose(-1, -2) if a.get("transpose") else y))


def embedding(a, *_):
    return plain(nn.Embedding(a["vocabulary"], a["dimensions"]))


def recurrent(cls):
    def build(a, x, *state):
        two = a.get("bidirectional", False)
        project = {"proj_size": a["project"]} if "project" in a else {}
        module = cls(x.shape[-1], a["units"], batch_first=True, bias=a["bias"] > 0, bidirectional=two, **project)

        def run(x, *state):
            begin = None
            if state:  # a vector, or a sequence whose last step it is
                vectors = [(s[:, -1] if s.dim() > 2 else s).reshape(1, 1 + two, -1) for s in state]
                begin, *cell = [v.transpose(0, 1).contiguous() for v in vectors]
                if cls is nn.LSTM:
                    begin = (begin, *(cell or [torch.zeros(1 + two, 1, a["units"])]))
            out, _ = module(x, begin)
            return out if a.get("sequence") else out[:, -1]

        return module, run

    return build


def attention(a, x, *memory):
    keys, values = [m.shape[-1] for m in (memory[0], memory[-1])] if memory else (x.shape[-1], x.shape[-1])
    module = nn.MultiheadAttention(x.shape[-1], a.get("heads", 1), bias=a.get("bias", 1) != 0, kdim=keys, vdim=values, batch_first=True)

    def run(x, *memory):
        module.train()  # nothing is dropped; without it a short cut is taken that wants biases
        rows = x.flatten(1, -2)
        keys, values = [m.flatten(1, -2) for m in (memory[0], memory[-1])] if memory else (rows, rows)
        mask = None
        if a.get("causal"):
            mask = torch.ones(rows.shape[1], keys.shape[1], dtype=torch.bool).triu(1)
        return module(rows, keys, values, attn_mask=mask)[0].reshape(x.shape)

    return module, run


class Free(nn.Module):
    """Learned tensors used by no module of PyTorch's own."""

    def __init__(self, *shapes):
        super().__init__()
        self.tensors = nn.ParameterList(nn.Parameter(torch.zeros(*s)) for s in shapes)


def token(a, x, *_):
    module = Free((1, 1, x.shape[-1]))
    return module, lambda x, *_: torch.cat([module.tensors[0].expand(x.shape[0], -1, -1), x], 1)


def position(a, x, *_):
    positions = x[0, ..., 0].numel()
    module = Free((a.get("length", positions), x.shape[-1]))
    return module, lambda x, *_: x + module.tensors[0][:positions].reshape(x.shape[1:])


def param(a, *_):
    if a.get("fixed"):
        return function(lambda *_: torch.zeros(1, *a["size"]))
    module = Free(a["size"])
    return module, lambda *_: module.tensors[0].unsqueeze(0)


def scale(a, x, *_):
    module = Free(*[x.shape[-1:]] * (1 + bool(a.get("bias"))))
    return module, lambda x, *_: x * module.tensors[0] + sum(module.tensors[1:])


BUILD = {
    "abs": lambda *_: function(lambda x: x.abs()),
    "add": merge(torch.add),
    "attention": attention,
    "avgpool": pool("Avg"),
    "batchnorm": batchnorm,
    "concat": concat,
    "conv": conv,
    "crop": crop,
    "deconv": deconv,
    "dense": dense,
    "depthwise": depthwise,
    "dropout": lambda a, *_: plain(nn.Dropout(a["rate"])),
    "elu": activation(nn.ELU),
    "embedding": embedding,
    "flatten": flatten,
    "gelu": activation(nn.GELU),
    "glu": activation(nn.GLU),
    "groupnorm": groupnorm,
    "gru": recurrent(nn.GRU),
    "hardsigmoid": activation(nn.Hardsigmoid),
    "hardswish": activation(nn.Hardswish),
    "identity": activation(nn.Identity),
    "instancenorm": instancenorm,
    "layernorm": layernorm,
    "leaky": activation(nn.LeakyReLU),
    "lrn": lambda *_: over_channels(nn.LocalResponseNorm(2)),
    "lstm": recurrent(nn.LSTM),
    "matmul": matmul,
    "max": merge(torch.maximum),
    "maxpool": pool("Max"),
    "mish": activation(nn.Mish),
    "mul": merge(torch.mul),
    "param": param,
    "permute": lambda a, *_: function(lambda x: x.permute(0, *a["order"])),
    "pixelshuffle": lambda a, *_: over_channels(nn.PixelShuffle(a["factor"])),
    "pixelunshuffle": lambda a, *_: over_channels(nn.PixelUnshuffle(a["factor"])),
    "position": position,
    "prelu": prelu,
    "relu": activation(nn.ReLU),
    "relu6": activation(nn.ReLU6),
    "reshape": lambda a, *_: function(lambda x: x.reshape(x.shape[0], *a["size"])),
    "scale": scale,
    "selu": activation(nn.SELU),
    "separable": separable,
    "shuffle": shuffle,
    "sigmoid": activation(nn.Sigmoid),
    "silu": activation(nn.SiLU),
    "simplernn": recurrent(nn.RNN),
    "slice": take,
    "softmax": lambda *_: plain(nn.Softmax(-1)),
    "softplus": activation(nn.Softplus),
    "sub": merge(torch.sub),
    "tanh": activation(nn.Tanh),
    "token": token,
    "upsample": upsample,
    "zeropad": zeropad,
}


class Turned(nn.Module):
    """A dense layer with the weights of another layer turned round."""

    def __init__(self, owner, bias):
        super().__init__()
        self.weight = owner.weight
        self.untouched = isinstance(owner, nn.Embedding) or isinstance(owner, Turned) and not owner.untouched
        self.bias = nn.Parameter(torch.zeros(self.turned().shape[0])) if bias else None

    def turned(self):  # from inputs to outputs, as F.linear has it
        return self.weight if self.untouched else self.weight.t()

    def forward(self, x):
        return F.linear(x, self.turned(), self.bias)


def turned_dense(owner, a, x):
    return plain(Turned(owner, a.get("bias", True)))


def turned_deconv(owner, a, x):
    """A deconv whose weights are those of a conv."""
    module, run = deconv({**a, "filters": owner.in_channels}, x)
    assert module.weight.shape == owner.weight.shape, "a weight of another shape"
    module.weight = owner.weight
    return module, run


def share(module, owner):
    """Gives a module the parameters and buffers of another of its shapes."""
    for mine, its in zip(module.modules(), owner.modules()):
        for here, there in ((mine._parameters, its._parameters), (mine._buffers, its._buffers)):
            for name, tensor in there.items():
                assert (tensor is None) == (here[name] is None), f"{name} is there or not"
                assert tensor is None or here[name].shape == tensor.shape, f"{name} of another shape"
                here[name] = tensor
        if hasattr(its, "_flat_weights"):
            mine._flat_weights = its._flat_weights


def layer(op, inputs, modules):
    a = op["args"]
    if op["kind"] == "input":
        return None, torch.zeros(1, *a["size"], dtype=torch.long) if a["tokens"] else torch.randn(1, *a["size"])
    owner = modules[op["owner"]] if op["owner"] >= 0 else None
    if isinstance(owner, Turned) and not op.get("turned"):
        module, run = plain(owner)
    elif op.get("turned"):
        turn = turned_dense if op["kind"] == "dense" else turned_deconv
        module, run = turn(owner, a, *inputs)
    else:
        if isinstance(owner, nn.modules.conv._ConvTransposeNd):
            a = {**a, "filters": owner.out_channels}
        module, run = BUILD[op["kind"]](a, *inputs)
        if module is not None and owner is not None:
            share(module, owner)
    if module is not None:
        module.eval()
    return module, run(*inputs)


def fresh(tensors, seen):
    """How many numbers are in tensors that nobody had before."""
    count = 0
    for t in tensors:
        if id(t) not in seen:
            seen[id(t)] = t
            count += t.numel()
    return count


def statistics(module):
    return (b for name, b in module.named_buffers() if not name.endswith("num_batches_tracked"))


def network(ops):
    outputs, modules, layers, seen = [], [], [], {}
    for op in ops:
        module, out = layer(op, [outputs[i] for i in op["in"]], modules)
        outputs.append(out)
        modules.append(module)
        own = module if module is not None else nn.Module()
        layers.append([list(out.shape[1:]), fresh(own.parameters(), seen), fresh(statistics(own), seen)])
    return layers


def main():
    for line in sys.stdin:
        drawn = json.loads(line)
        answer = {"seed": drawn["seed"], "script": drawn["script"]}
        try:
            with torch.no_grad():
                answer["layers"] = network(drawn["ops"])
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


main()
