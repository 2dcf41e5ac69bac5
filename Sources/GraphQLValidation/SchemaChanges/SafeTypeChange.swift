// Two types come in, what a field was and what it became; whether clients go on working leaves. The
// schemas differ, so that types are the same where their names are.

import GraphQLTypes

/// Whether every value of the new type is one that readers of the old type expect: null may no
/// longer occur, nothing else may change.
func isSafeForReaders(from old: SchemaType, to new: SchemaType) -> Bool {
  switch (old, new) {
  case (.nonNull(let old), .nonNull(let new)), (.list(let old), .list(let new)):
    isSafeForReaders(from: old, to: new)
  case (.nonNull, _):
    false
  case (_, .nonNull(let new)):
    isSafeForReaders(from: old, to: new)
  case (.named(let old), .named(let new)):
    old.name == new.name
  case (.list, .named), (.named, .list):
    false
  }
}

/// Whether the new type takes every value, and every variable, that writers of the old one send:
/// null may be taken from now on, nothing else may change.
func isSafeForWriters(from old: SchemaType, to new: SchemaType) -> Bool {
  isSafeForReaders(from: new, to: old)
}
