// The paths of a certificate and its key enter, a TLS configuration leaves.

package import NIOSSL

/// Reads a certificate chain, the server's own first, and its private key, both PEM. TLS 1.2 and
/// 1.3; no certificate is asked of clients.
/// - Throws: NIOSSL's error where a file cannot be read, holds nothing of the kind, or the key is
///   not the certificate's.
package func readTLSConfiguration(
  certificateChainFile: String, privateKeyFile: String
) throws -> TLSConfiguration {
  let chain = try NIOSSLCertificate.fromPEMFile(certificateChainFile)
  let key = try NIOSSLPrivateKey(file: privateKeyFile, format: .pem)
  var configuration = TLSConfiguration.makeServerConfiguration(
    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
  configuration.minimumTLSVersion = .tlsv12
  // Tells now, not with the first connection, that the key is another certificate's.
  _ = try NIOSSLContext(configuration: configuration)
  return configuration
}
