"""Passwords people can read out and type: a few short words, drawn at random."""

from __future__ import annotations

import secrets

_ALL = (
    "acorn alder amber anchor apple april arbor arrow aspen atlas autumn badge baker balsam banjo barley barn basin beacon bean "
    "berry birch bison blanket blossom bluff boat bonnet border bottle bramble branch brass bread breeze brick bridge brook broom "
    "bucket button cabin cactus camel canal candle canoe canyon carbon carpet carrot cattle cedar cello chalk cherry chimney cider "
    "cinder circle clover coast cobalt comet copper coral corner cotton cousin cradle crane cricket crystal daisy delta denim desert "
    "dolphin domino donkey dragon drum dune eagle earth easel echo elbow ember engine envoy fabric falcon feather fennel fern fiddle "
    "field finch flannel flute forest fossil fountain fox galaxy garden garlic garnet ginger glacier glove gold goose granite grape "
    "gravel grove guitar hammer hamlet harbor harvest hazel heron hickory hollow honey horizon hornet ice indigo inlet iris island "
    "ivory ivy jacket jasper jelly jewel jigsaw juniper kayak kernel kettle kitten ladder lagoon lake lantern larch laurel lemon "
    "lilac linen lizard lobster locust lotus lumber magnet maple marble market marsh meadow melon mill mint mirror mitten moose "
    "morning moss motor muffin mustard napkin nectar needle nickel north nutmeg oak oasis oat ocean olive onion orange orbit orchard "
    "otter oyster paddle palm panda paper parade parcel parsley pasture peach pebble pecan pencil pepper pewter piano pilot pine "
    "planet plaza plum pocket pond poplar poppy potato prairie pumpkin quail quarry quartz quilt rabbit radish raven ribbon river "
    "robin rocket saddle sail salmon sandal satin shadow sierra silver sparrow spruce squash summit tulip velvet violet walnut willow"
)
WORDS: tuple[str, ...] = tuple(_ALL.split())


def passphrase(*, words: int = 5) -> str:
    """Draw a password such as ``maple-otter-lantern-plum-quartz``; each word adds about eight bits."""
    return "-".join(secrets.choice(WORDS) for _ in range(words))
