"""Builds a chain of layers, as cnnl's JSON has it, in PyTorch on a device, and
checks that it has as many parameters."""

import json
import sys

import torch
from torch import nn

description, device = sys.argv[1:]


def value(layer, name):
    given = layer["arguments"][name]["value"]
    return tuple(given) if isinstance(given, list) else given


def built(layer):
    kind = layer["kind"]
    if kind == "conv":
        return nn.Conv2d(layer["inputs"][0][-1], value(layer, "filters"), value(layer, "kernel"), stride=value(layer, "stride"),
                         padding=value(layer, "pad"), bias=value(layer, "bias"), device=device)
    if kind == "dense":
        return nn.Linear(layer["inputs"][0][-1], value(layer, "units"), bias=value(layer, "bias"), device=device)
    if kind == "maxpool":
        return nn.MaxPool2d(value(layer, "kernel"), stride=value(layer, "stride"))
    return {"relu": nn.ReLU, "flatten": nn.Flatten, "dropout": nn.Dropout}[kind]()


if device != "nothing":
    with open(description) as file:
        network = json.load(file)
    layers = [layer for layer in network["layers"] if layer["kind"] != "input"]
    model = nn.Sequential(*map(built, layers))
    count = sum(p.numel() for p in model.parameters())
    wanted = sum(layer["params"] for layer in layers)
    if count != wanted:
        sys.exit(f"PyTorch has {count} parameters, cnnl {wanted}")
    print(count)
