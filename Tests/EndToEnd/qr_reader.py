"""Reads a QR code (ISO/IEC 18004) out of its squares, as a telephone would: nothing of how the page
makes one stands here. Level M, bytes, as they are made; anything that is damaged is refused."""

# By version: how many blocks, how many bytes check each, and where alignment patterns stand.
BLOCKS = {
    1: (1, 10, []), 2: (1, 16, [6, 18]), 3: (1, 26, [6, 22]), 4: (2, 18, [6, 26]),
    5: (2, 24, [6, 30]), 6: (4, 16, [6, 34]), 7: (4, 18, [6, 22, 38]), 8: (4, 22, [6, 24, 42]),
    9: (5, 22, [6, 26, 46]), 10: (5, 26, [6, 28, 50]), 11: (5, 30, [6, 30, 54]),
    12: (8, 22, [6, 32, 58]), 13: (9, 22, [6, 34, 62]), 14: (9, 24, [6, 26, 46, 66]),
}
# The format of level M with each mask, as it stands in a code (table C.1).
FORMATS = [
    0b101010000010010, 0b101000100100101, 0b101111001111100, 0b101101101001011,
    0b100010111111001, 0b100000011001110, 0b100111110010111, 0b100101010100000,
]
MASKS = [
    lambda row, column: (row + column) % 2, lambda row, column: row % 2,
    lambda row, column: column % 3, lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
]


def read(dark):
    """The text; `dark` has rows of true and false, without the zone around them."""
    size = len(dark)
    version, rest = divmod(size - 17, 4)
    assert rest == 0 and all(len(row) == size for row in dark)
    mask = MASKS[FORMATS.index(format_of(dark))]
    bits = [
        dark[row][column] != (mask(row, column) == 0)
        for row, column in path(size) if not is_pattern(version, size, row, column)
    ]
    data = blocks_of(version, [number(bits[at:at + 8]) for at in range(0, len(bits) // 8 * 8, 8)])
    stream = [byte >> bit & 1 for byte in data for bit in range(7, -1, -1)]
    assert number(stream[:4]) == 0b0100, "no bytes"
    width = 8 if version < 10 else 16
    start, length = 4 + width, number(stream[4:4 + width])
    ends = range(start, start + length * 8, 8)
    return bytes(number(stream[at:at + 8]) for at in ends).decode()


def number(bits):
    return int("".join(str(int(bit)) for bit in bits), 2)


def format_of(dark):
    """Beside the finder at the top left, most significant first; once more along two edges."""
    beside = [dark[8][column] for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    beside += [dark[row][8] for row in (7, 5, 4, 3, 2, 1, 0)]
    edges = [dark[-at][8] for at in range(1, 8)] + [dark[8][at] for at in range(-8, 0)]
    assert beside == edges, "the two formats differ"
    return number(beside)


def path(size):
    """The squares in the order of the bits: two columns at a time, up and down in turns."""
    is_upward = True
    for right in [column for column in range(size - 1, 6, -2)] + [5, 3, 1]:
        for row in range(size - 1, -1, -1) if is_upward else range(size):
            yield from ((row, right), (row, right - 1))
        is_upward = not is_upward


def is_pattern(version, size, row, column):
    far = size - 8
    finder = (row < 9 and column < 9) or (row < 9 and column >= far) or (row >= far and column < 9)
    timing = row == 6 or column == 6
    told = version >= 7 and (
        (row < 6 and column >= size - 11) or (column < 6 and row >= size - 11))
    places = BLOCKS[version][2]
    first, last = (places[0], places[-1]) if places else (0, 0)
    corners = {(first, first), (first, last), (last, first)}
    aligned = any(
        abs(row - y) <= 2 and abs(column - x) <= 2
        for y in places for x in places if (y, x) not in corners)
    return finder or timing or told or aligned


def blocks_of(version, mixed):
    """The data, block by block; each block's checks hold."""
    count, checks, _ = BLOCKS[version]
    total = len(mixed) - count * checks
    lengths = [total // count + (at >= count - total % count) for at in range(count)]
    blocks, rest = [[] for _ in lengths], iter(mixed)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths):
            if at < length:
                block.append(next(rest))
    tails = [[] for _ in lengths]
    for _ in range(checks):
        for tail in tails:
            tail.append(next(rest))
    for block, tail in zip(blocks, tails):
        assert all(value_at(block + tail, power) == 0 for power in range(checks)), "damaged"
    return [byte for block in blocks for byte in block]


def value_at(coefficients, power):
    """The polynomial at 2^power, in the field of 256 elements that QR codes use."""
    point = 1
    for _ in range(power):
        point = times(point, 2)
    value = 0
    for coefficient in coefficients:
        value = times(value, point) ^ coefficient
    return value


def times(one, other):
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product
