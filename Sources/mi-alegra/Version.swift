// The program's version, as `--version` tells it.

import Hub

let version = hubVersion
