// A text enters, the squares of its QR code leave (ISO/IEC 18004): bytes in UTF-8, level M, in the
// smallest version up to 20 that holds them. Refused: a longer text.

const versionMax = 20;
// By version, from 1 on, at level M (table 9).
const checkBytesPerBlock =
  [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const formatGenerator = 0x537;
const formatMask = 0x5412;
const versionGenerator = 0x1f25;
/** The two bits that stand for level M (table 12). */
const levelBits = 0;

/** Where a mask turns a square over (table 10). */
const masks = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Rows of squares, true where dark, without the quiet zone around them. */
export function qrCode(text) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const drawn = withPatterns(version);
  placeBits(drawn, withChecks(dataBytes(bytes, version), version));
  const tried = masks.map((isTurned, number) => masked(drawn, isTurned, number));
  const costs = tried.map(penalty);
  return tried[costs.indexOf(Math.min(...costs))];
}

function versionFor(length) {
  for (let version = 1; version <= versionMax; version++) {
    if (4 + lengthBits(version) + length * 8 <= dataCount(version) * 8) return version;
  }
  throw new RangeError(`${length} bytes are too many for a QR code`);
}

const lengthBits = (version) => (version < 10 ? 8 : 16);
const sizeOf = (version) => version * 4 + 17;

/** How many bytes fit, checks included: the squares that no pattern takes. */
function byteCount(version) {
  let squares = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    squares -= (25 * alignments - 10) * alignments - 55;
    if (version >= 7) squares -= 36;
  }
  return Math.floor(squares / 8);
}

const dataCount = (version) =>
  byteCount(version) - checkBytesPerBlock[version - 1] * blockCounts[version - 1];

// Data --------------------------------------------------------------------------------------------

/** The mode, the length and the bytes, and what fills up the rest (7.4). */
function dataBytes(bytes, version) {
  const bits = [];
  const put = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  const room = dataCount(version) * 8;
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let filler = 0xec; bits.length < room; filler ^= 0xec ^ 0x11) put(filler, 8);
  return Array.from({ length: bits.length / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((value, bit) => value * 2 + bit, 0));
}

/** The blocks one beside the other, each with its checks (7.5 and 7.6). */
function withChecks(data, version) {
  const count = blockCounts[version - 1];
  const checks = checkBytesPerBlock[version - 1];
  const short = Math.floor(data.length / count);
  const longCount = data.length % count;
  const generator = generatorOf(checks);
  const blocks = [];
  for (let at = 0, number = 0; number < count; number++) {
    const length = short + (number < count - longCount ? 0 : 1);
    const block = data.slice(at, at + length);
    blocks.push({ block, checks: remainder(block, generator) });
    at += length;
  }
  const mixed = [];
  for (let at = 0; at <= short; at++) {
    for (const { block } of blocks) if (at < block.length) mixed.push(block[at]);
  }
  for (let at = 0; at < checks; at++) for (const block of blocks) mixed.push(block.checks[at]);
  return mixed;
}

/** In the field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1. */
function product(one, other) {
  let value = 0;
  for (let bit = 7; bit >= 0; bit--) {
    value = (value << 1) ^ ((value >> 7) * 0x11d);
    value ^= ((other >> bit) & 1) * one;
  }
  return value;
}

/** The coefficients behind the leading 1 of the product of x - 2^n. */
function generatorOf(degree) {
  const made = new Array(degree).fill(0);
  made[degree - 1] = 1;
  for (let root = 1, number = 0; number < degree; number++) {
    for (let at = 0; at < degree; at++) {
      made[at] = product(made[at], root) ^ (made[at + 1] ?? 0);
    }
    root = product(root, 2);
  }
  return made;
}

function remainder(block, generator) {
  const left = new Array(generator.length).fill(0);
  for (const byte of block) {
    const factor = byte ^ left.shift();
    left.push(0);
    generator.forEach((coefficient, at) => { left[at] ^= product(coefficient, factor); });
  }
  return left;
}

// Squares -----------------------------------------------------------------------------------------

/** The patterns of a version; `taken` says where no data goes. */
function withPatterns(version) {
  const size = sizeOf(version);
  const grid = () => Array.from({ length: size }, () => new Array(size).fill(false));
  const drawn = { size, dark: grid(), taken: grid() };
  const set = (x, y, isDark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    drawn.dark[y][x] = isDark;
    drawn.taken[y][x] = true;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const rings = (x, y, radius, isDark) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  }
  const places = alignments(version);
  const last = places.length - 1;
  places.forEach((y, row) => places.forEach((x, column) => {
    const isFinder = (row === 0 && (column === 0 || column === last))
      || (row === last && column === 0);
    if (!isFinder) rings(x, y, 2, (ring) => ring !== 1);
  }));
  putFormat(set, size, 0);
  if (version >= 7) putVersion(set, size, version);
  return drawn;
}

/** Where the centres of alignment patterns stand, in rows and columns alike (annex E). */
function alignments(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const places = Array.from({ length: count - 1 }, (_, at) => sizeOf(version) - 7 - at * step);
  return [6, ...places.reverse()];
}

/** The bits with those of a BCH code behind them. */
function coded(bits, generator, checkBits) {
  let left = bits;
  for (let at = 0; at < checkBits; at++) {
    left = (left << 1) ^ ((left >> (checkBits - 1)) * generator);
  }
  return (bits << checkBits) | left;
}

/** Level and mask, twice (7.9). */
function putFormat(set, size, mask) {
  const bits = coded((levelBits << 3) | mask, formatGenerator, 10) ^ formatMask;
  const bit = (at) => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 15; at++) {
    if (at < 6) set(8, at, bit(at));
    else if (at < 8) set(8, at + 1, bit(at));
    else if (at === 8) set(7, 8, bit(at));
    else set(14 - at, 8, bit(at));
    if (at < 8) set(size - 1 - at, 8, bit(at));
    else set(8, size - 15 + at, bit(at));
  }
  set(8, size - 8, true);
}

function putVersion(set, size, version) {
  const bits = coded(version, versionGenerator, 12);
  for (let at = 0; at < 18; at++) {
    const isDark = ((bits >> at) & 1) === 1;
    const long = size - 11 + (at % 3);
    const short = Math.floor(at / 3);
    set(long, short, isDark);
    set(short, long, isDark);
  }
}

/** In columns of two from the right, up and down in turns, past the upright timing pattern. */
function placeBits({ size, dark, taken }, bytes) {
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (taken[y][x]) continue;
        dark[y][x] = at < bytes.length * 8 && ((bytes[at >> 3] >> (7 - (at & 7))) & 1) === 1;
        at++;
      }
    }
  }
}

function masked({ size, dark, taken }, isTurned, number) {
  const rows = dark.map((row, y) => row.map((isDark, x) =>
    (taken[y][x] ? isDark : isDark !== isTurned(x, y))));
  putFormat((x, y, isDark) => { rows[y][x] = isDark; }, size, number);
  return rows;
}

// What a reader stumbles over (7.8.3) -------------------------------------------------------------

function penalty(rows) {
  const columns = rows.map((_, x) => rows.map((row) => row[x]));
  const lines = [...rows, ...columns].map((line) => line.map(Number).join(""));
  let cost = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) cost += run.length - 2;
    // A finder's pattern with as much light beside it, wherever it is looked for.
    cost += 40 * [...line.matchAll(/(?=00001011101|10111010000)/g)].length;
  }
  for (let y = 1; y < rows.length; y++) {
    for (let x = 1; x < rows.length; x++) {
      const [one, ...others] = [rows[y][x], rows[y - 1][x], rows[y][x - 1], rows[y - 1][x - 1]];
      if (others.every((it) => it === one)) cost += 3;
    }
  }
  const share = rows.flat().filter(Boolean).length / (rows.length * rows.length);
  return cost + 10 * Math.floor(Math.abs(share * 20 - 10));
}
