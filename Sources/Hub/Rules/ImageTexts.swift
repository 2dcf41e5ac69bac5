// Why a file was not taken as an image enters, the sentence that a person reads leaves.

package import Images

/// What is wrong with the file and which one to choose instead.
package func text(for refusal: ImageRefusal) -> LocalizedText {
  switch refusal {
  case .notSupported:
    LocalizedText(
      es: "Este archivo no es una imagen que podamos usar. Elige una en PNG, JPEG o WebP.",
      en: "This file is not an image that we can use. Choose one in PNG, JPEG or WebP.",
      pt: "Este arquivo não é uma imagem que possamos usar. Escolha uma em PNG, JPEG ou WebP.")
  case .damaged:
    LocalizedText(
      es: "Esta imagen está dañada o incompleta. Vuelve a guardarla o elige otra.",
      en: "This image is damaged or incomplete. Save it again or choose another one.",
      pt: "Esta imagem está danificada ou incompleta. Salve-a de novo ou escolha outra.")
  case .animated:
    LocalizedText(
      es: "Esta imagen se mueve. Elige una imagen fija.",
      en: "This image moves. Choose a still one.",
      pt: "Esta imagem se move. Escolha uma imagem fixa.")
  case .sideTooLong(let sideMax):
    LocalizedText(
      es: "Esta imagen es demasiado grande. Elige una de \(sideMax) píxeles por lado como máximo.",
      en: "This image is too large. Choose one of at most \(sideMax) pixels a side.",
      pt: "Esta imagem é grande demais. Escolha uma de no máximo \(sideMax) pixels por lado.")
  case .tooManyPixels(let pixelsMax):
    LocalizedText(
      es: "Esta imagen es demasiado grande. Elige una de \(pixelsMax) píxeles como máximo.",
      en: "This image is too large. Choose one of at most \(pixelsMax) pixels.",
      pt: "Esta imagem é grande demais. Escolha uma de no máximo \(pixelsMax) pixels.")
  }
}
