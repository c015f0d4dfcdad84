"""MOFA+ (mofapy2) on the modalities of an .npz, then a Gaussian mixture on its factors: one JSON line on stdout.

    mofa.py FILE.npz FACTORS CLUSTERS SEED

Every array of the file is a view [n, features], Gaussian, scaled to unit variance as MOFA+ recommends for views of unlike
kinds; features that do not vary are left out. The line: { labels [n], factors, seconds, version }.
"""

import importlib.metadata
import json
import os
import sys
import time

out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import numpy
from mofapy2.run.entry_point import entry_point
from sklearn.mixture import GaussianMixture

file, factors, clusters, seed = sys.argv[1], *map(int, sys.argv[2:5])
arrays = numpy.load(file)
views = [arrays[name].reshape(len(arrays[name]), -1).astype(float) for name in arrays.files]
views = [view[:, view.std(axis=0) > 1e-6] for view in views]

started = time.perf_counter()
model = entry_point()
model.set_data_options(scale_views=True)
model.set_data_matrix([[view] for view in views], likelihoods=["gaussian"] * len(views), views_names=arrays.files)
model.set_model_options(factors=factors)
model.set_train_options(iter=1000, convergence_mode="fast", seed=seed, verbose=False, quiet=True)
model.build()
model.run()
found = model.model.nodes["Z"].getExpectation()
mixture = GaussianMixture(clusters, n_init=10, random_state=seed, reg_covar=1e-4).fit(found)
labels = mixture.predict(found).tolist()
seconds = time.perf_counter() - started
json.dump(
    {
        "labels": labels,
        "factors": found.shape[1],
        "seconds": seconds,
        "version": importlib.metadata.version("mofapy2"),
    },
    out,
)
out.close()
