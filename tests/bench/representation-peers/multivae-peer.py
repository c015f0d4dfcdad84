"""A multimodal VAE of MultiVae on the modalities of an .npz, then a Gaussian mixture on its latent means: one JSON line.

    multivae-peer.py FILE.npz LATENT CLUSTERS SEED MVAE|MVTCAE

Every array of the file is a modality [n, features], centred and scaled by its own spread. Networks, objective and
likelihoods are the library's defaults, the likelihoods rescaled by the sizes of the modalities as it offers against a
modality that is drowned; 100 epochs of batches of 64 with Adam at 1e-3. The line: { labels [n], factors, seconds, version }.
"""

import importlib.metadata
import json
import os
import sys
import tempfile
import time

out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import numpy
import torch
from multivae import models
from multivae.data.datasets import MultimodalBaseDataset
from multivae.trainers import BaseTrainer, BaseTrainerConfig
from sklearn.mixture import GaussianMixture

file, latent, clusters, seed, kind = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
arrays = numpy.load(file)
torch.set_num_threads(1)
torch.manual_seed(seed)
views = {}
for name in arrays.files:
    view = arrays[name].reshape(len(arrays[name]), -1).astype("float32")
    views[name] = torch.tensor((view - view.mean(axis=0)) / view.std())
data = MultimodalBaseDataset(views)

started = time.perf_counter()
config = getattr(models, f"{kind}Config")(
    n_modalities=len(views),
    latent_dim=latent,
    input_dims={name: tuple(view.shape[1:]) for name, view in views.items()},
    uses_likelihood_rescaling=True,
)
model = getattr(models, kind)(config)
with tempfile.TemporaryDirectory() as folder:
    training = BaseTrainerConfig(output_dir=folder, num_epochs=100, learning_rate=1e-3, seed=seed, no_cuda=True)
    trainer = BaseTrainer(model, train_dataset=data, training_config=training)
    trainer.train()
with torch.no_grad():
    found = model.encode(data[:], return_mean=True).z.reshape(len(data), -1).numpy()
mixture = GaussianMixture(clusters, n_init=10, random_state=seed, reg_covar=1e-4).fit(found)
labels = mixture.predict(found).tolist()
seconds = time.perf_counter() - started
json.dump(
    {
        "labels": labels,
        "factors": found.shape[1],
        "seconds": seconds,
        "version": importlib.metadata.version("multivae"),
    },
    out,
)
out.close()
