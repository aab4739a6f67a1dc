"""A tensor archive written by struct and json alone, after the published layout; writes checkpoint.csv. Run in this folder: python3 checkpoint.py"""
import json
import struct

TENSORS = [  # wider types first, as the layout's own writer orders them for alignment
    ("step", "I64", [2], struct.pack("<2q", 7, -(2 ** 62))),
    ("loss", "F64", [1, 1], struct.pack("<d", 0.1)),
    ("encoder.0.weight", "F32", [2, 3], struct.pack("<6I", 0x3F800000, 0x80000000, 0x7FC12345, 0x00000001, 0xFF800000, 0x7F800001)),
    ("encoder.0.bias µ", "F32", [1, 0], b""),
]
header = {"__metadata__": {"format": "example", "of": "python \"struct\""}}
place = 0
for name, dtype, shape, data in TENSORS:
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [place, place + len(data)]}
    place += len(data)
text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
text += b" " * (-len(text) % 8)
file = struct.pack("<Q", len(text)) + text + b"".join(data for _, _, _, data in TENSORS)

# Read back as any other program would.
length, = struct.unpack("<Q", file[:8])
again = json.loads(file[8:8 + length])
begin, end = again["encoder.0.weight"]["data_offsets"]
assert file[8 + length:][begin:end] == TENSORS[2][3] and len(file) == 8 + length + place

with open("checkpoint.csv", "w", newline="\n") as output:
    output.write("file\n" + file.hex() + "\n")
