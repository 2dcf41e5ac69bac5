"""The steps of a Dockerfile without a container engine: what is copied is copied into a folder,
what can be asked of this machine is asked, and what was not run is said."""

import fnmatch
import json
import pathlib
import re
import shutil


def instructions(text):
    """The instructions in order, as (word, arguments); lines that end with a backslash joined."""
    text = re.sub(r"^#.*\n", "", text, flags=re.M)
    text = re.sub(r"\\\n\s*", "", text)
    found = []
    for line in filter(str.strip, text.splitlines()):
        word, _, arguments = line.strip().partition(" ")
        found.append((word.upper(), arguments.strip()))
    return found


def stages(text):
    """Each stage's instructions, behind its FROM."""
    found = []
    for word, arguments in instructions(text):
        if word == "FROM":
            found.append([])
        found[-1].append((word, arguments))
    return found


def packages(stage):
    """What a stage installs with apt."""
    return [
        name for word, arguments in stage if word == "RUN"
        for names in re.findall(r"apt-get install ([^&]*)", arguments)
        for name in names.split() if not name.startswith("-")
    ]


def copy_context(root, folder):
    """What `COPY . .` would copy, by .dockerignore (of which plain names and * are understood)."""
    ignored = (root / ".dockerignore").read_text().split()
    assert not [line for line in ignored if line.startswith("!") or "**" in line]

    def leaves_out(parent, names):
        paths = {name: (pathlib.Path(parent) / name).relative_to(root).as_posix() for name in names}
        return [
            name for name, path in paths.items()
            if any(fnmatch.fnmatch(path, pattern) for pattern in ignored)
            # Not part of a checkout, and large here.
            or name in (".venv", "__pycache__")
        ]

    shutil.copytree(root, folder, ignore=leaves_out)


def arguments_of(stage, word):
    """The arguments of the last such instruction, as a list where it is written as one."""
    given = [arguments for found, arguments in stage if found == word][-1]
    return json.loads(given) if given.startswith("[") else given.split()
