// A coerced input object comes in; what it says of each field leaves, absent told from null.

import Execution
import GraphQLTypes

extension InputObject {
  func text(_ name: String) -> Change<String> {
    switch self[name] {
    case nil: .unchanged
    case .null?: .cleared
    case let value?: value.text.map(Change.set) ?? .unchanged
    }
  }

  func integer(_ name: String) -> Change<Int> {
    switch self[name] {
    case nil: .unchanged
    case .null?: .cleared
    case let value?: value.intValue.map(Change.set) ?? .unchanged
    }
  }

  func object<Value>(_ name: String, _ read: (InputObject) -> Value) -> Change<Value> {
    switch self[name] {
    case nil: .unchanged
    case .null?: .cleared
    case let value?: value.objectValue.map { .set(read($0)) } ?? .unchanged
    }
  }
}
