// The embedded SQL files come in; migrations and demo scripts leave.

import MigrationFiles
package import Postgres

/// The migrations of this program, in order.
package func embeddedMigrations() -> [Migration] {
  embeddedSQL().compactMap { file in
    file.name.contains("/") ? nil : Migration(fileName: file.name, text: file.text)
  }
}

/// The text of one of the demo scripts, such as `demo/demo.sql`.
package func embeddedScript(_ name: String) -> String? {
  embeddedSQL().first { $0.name == name }?.text
}

private func embeddedSQL() -> [(name: String, text: String)] {
  (0..<migration_file_count()).map { index in
    let file = migration_file(index)
    return (
      String(cString: file.name),
      String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    )
  }
}
