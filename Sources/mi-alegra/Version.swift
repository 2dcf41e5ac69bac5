// The program's version and the commit it was built from, as `--version` tells them.

import CVersion
import Hub

/// `0.1.0 (0123456789ab)`; of a build that is no release's, `0.1.0 (unknown)`.
let version = "\(hubVersion) (\(String(cString: build_commit())))"
