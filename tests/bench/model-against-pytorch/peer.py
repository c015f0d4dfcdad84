"""The joint phase of causalPIMA in PyTorch, one batch again and again: median milliseconds of a step, one JSON line.

    peer.py ASKED    where ASKED is JSON: { batch, threads, setting, seconds, latent, modalities: [{ shape, encoder, decoder }] }

The networks are built from the same list of layers as ours. Three binary nodes, every decoder's noise at its optimum, all
modalities fused, Adam on all parameters. Settings: `plain`; `channels-last` lays images out as PyTorch recommends for
convolutions; `compiled` is torch.compile, which needs a C++ compiler.
"""

import json
import math
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

asked = json.loads(sys.argv[1])
torch.set_num_threads(asked["threads"])
torch.manual_seed(0)
rows, latent, nodes, outcomes = asked["batch"], asked["latent"], 3, 8
log_2pi = math.log(2 * math.pi)


class Reshape(nn.Module):
    """[n, values] or [n, points] to maps, channels first."""

    def __init__(self, height, width, channels):
        super().__init__()
        self.shape = (channels, width) if height == 1 else (channels, height, width)

    def forward(self, x):
        return x.reshape(len(x), *self.shape)


def layer(spec):
    kind = spec["kind"]
    if kind == "reshape":
        return [Reshape(*spec["shape"])]
    if kind == "flatten":
        return [nn.Flatten()]
    inputs, outputs = spec["inputs"], spec["outputs"]
    activation = [nn.ELU()] if spec["activation"] == "elu" else []
    if kind == "dense":
        return [nn.Linear(inputs, outputs), *activation]
    (_, width), (_, stride) = spec["kernel"], spec["stride"]
    flat = spec["kernel"][0] == 1
    if kind == "convolution":
        make = nn.Conv1d if flat else nn.Conv2d
        return [make(inputs, outputs, width, stride, width // 2), *activation]
    make = nn.ConvTranspose1d if flat else nn.ConvTranspose2d
    return [make(inputs, outputs, width, stride, width // 2, output_padding=1), *activation]


def network(specs):
    return nn.Sequential(*(each for spec in specs for each in layer(spec)))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoders = nn.ModuleList(network(m["encoder"]) for m in asked["modalities"])
        self.decoders = nn.ModuleList(network(m["decoder"]) for m in asked["modalities"])
        self.scores = nn.Parameter(torch.randn(nodes) * 0.1)
        self.metric = nn.Parameter(torch.zeros(nodes, nodes))
        self.logits = nn.ParameterList(nn.Parameter(torch.randn(2, 2, 2) * 0.1) for _ in range(nodes))
        self.register_buffer("mean", torch.randn(outcomes, latent))
        self.register_buffer("log_variance", torch.zeros(outcomes, latent))

    def joint(self):
        """log p(a), [C], and the edges, [L, L]"""
        open_ = F.softplus((self.metric + self.metric.T) / 2)
        edges = F.relu(torch.tanh(open_ * (self.scores[None] - self.scores[:, None])))
        joint = 1
        for node, logits in enumerate(self.logits):
            table = torch.softmax(logits, node)
            for parent in range(nodes):
                if parent != node:
                    edge = edges[parent, node]
                    table = edge * table + (1 - edge) * table.mean(parent, keepdim=True)
            joint = joint * table
        return torch.log(joint.reshape(-1) + 1e-12), edges

    def forward(self, data):
        """The loss, -(ELBO - lambda sum E)"""
        precision = weighted = 0
        for encode, x in zip(self.encoders, data):
            mean, log_variance = encode(x).chunk(2, 1)
            own = torch.exp(-log_variance.clamp(-8, 4))
            precision, weighted = precision + own, weighted + mean * own
        mean, log_variance = weighted / precision, -torch.log(precision)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        elbo = 0
        for decode, x in zip(self.decoders, data):
            error = (decode(z).reshape(x.shape) - x).square().flatten(1).sum(1)
            values = x[0].numel()
            variance = error.mean() / values + 1e-6
            elbo = elbo - 0.5 * (error / variance + values * (log_2pi + torch.log(variance)))
        outcome, edges = self.joint()
        spread = (log_variance.exp()[:, None] + (mean[:, None] - self.mean) ** 2) / self.log_variance.exp()
        evidence = outcome - 0.5 * (log_2pi + self.log_variance + spread).sum(2)
        entropy = 0.5 * (1 + log_2pi + log_variance).sum(1)
        return -(elbo + torch.logsumexp(evidence, 1) + entropy).mean() + 0.003 * edges.sum()


model = Model()
# Height, width, channels as we have them; channels first here.
data = [torch.rand(rows, *([m["shape"][-1], *m["shape"][:-1]] if len(m["shape"]) == 3 else m["shape"])) for m in asked["modalities"]]
if asked["setting"] == "channels-last":
    model = model.to(memory_format=torch.channels_last)
    data = [x.contiguous(memory_format=torch.channels_last) if x.ndim == 4 else x for x in data]
loss_of = torch.compile(model) if asked["setting"] == "compiled" else model
adam = torch.optim.Adam(model.parameters(), 1e-3)


def step():
    adam.zero_grad()
    loss = loss_of(data)
    loss.backward()
    adam.step()
    return loss.item()


for _ in range(5):
    loss = step()
until, times = time.perf_counter() + asked["seconds"], []
while time.perf_counter() < until or len(times) < 10:
    started = time.perf_counter()
    loss = step()
    times.append(1000 * (time.perf_counter() - started))
print(
    json.dumps(
        {
            "ms": sorted(times)[len(times) // 2],
            "parameters": sum(p.numel() for p in model.parameters()),
            "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
