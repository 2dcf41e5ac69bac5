// A password that is being typed and the person's address enter, which rules it keeps and how hard
// it is to guess leave. The server judges again, and alone knows the commonest passwords.

export const charactersMin = 8;
export const charactersMax = 128;
/** Guesses, as powers of two, that the next level stands for. */
const levelBits = [32, 45, 64];

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** As people count them: as the server does. */
const charactersOf = (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Each rule by its name: whether it holds, or null where nothing is typed to be judged. */
export function keptRules(password, email) {
  const count = charactersOf(password.normalize("NFC")).length;
  const typed = password.normalize("NFC").toLowerCase();
  const address = email.normalize("NFC").toLowerCase();
  const isAddress = typed === address || typed === address.split("@")[0];
  if (!password) return { length: null, notEmail: null };
  return { length: count >= charactersMin && count <= charactersMax, notEmail: !isAddress };
}

/** From 0 (nothing, or guessed at once) to 4. */
export function strengthOf(password, email) {
  if (!password) return 0;
  if (Object.values(keptRules(password, email)).includes(false)) return 1;
  const bits = guessingBits(password, email);
  return 1 + levelBits.filter((least) => bits >= least).length;
}

/** What repeats, goes on as expected or is said by many is guessed by its first character. */
function guessingBits(password, email) {
  const name = email.toLowerCase().split("@")[0];
  const known = name.length > 2 ? [name, ...stems] : stems;
  const told = known.reduce((text, it) => text.replaceAll(it, "@"), password.toLowerCase());
  const characters = charactersOf(told);
  const surprising = characters.filter((it, at) => !isExpected(characters, at));
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];
  const sizes = [26, 26, 10, 33];
  const alphabet = sizes.reduce((sum, size, at) => sum + (kinds[at].test(password) ? size : 0), 0);
  return surprising.length * Math.log2(Math.max(alphabet, 10));
}

/** The beginnings that lists of guesses are made of, in the page's languages. */
const stems = [
  "password", "contraseña", "contrasena", "senha", "clave", "secret", "admin", "usuario", "alegra",
  "bienvenido", "welcome", "colombia", "mexico", "iloveyou", "teamo", "hola", "dragon", "monkey",
];

/** Whether a character goes on with what the two before it began: aaa, 123, cba, qwe. */
function isExpected(characters, at) {
  if (at < 2) return false;
  const [first, second, third] = characters.slice(at - 2, at + 1).map((it) => it.codePointAt(0));
  const isEven = third - second === second - first && Math.abs(third - second) <= 1;
  return isEven || rows.some((row) => row.includes(characters.slice(at - 2, at + 1).join("")));
}

const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
