#!/usr/bin/env python3
"""Verifies an evidence bundle with the standard library of Python 3.9 and, for Ed25519, the command `openssl` (1.1.1 or
later).  Written from docs/evidence.md alone.   python3 verify.py BUNDLE.zip KEY [EARLIER-CHECKPOINT-FILE]"""
import base64, hashlib, json, struct, subprocess, sys, tempfile, zlib

def fail(what):
    sys.exit("does not hold: " + what)

def need(holds, what):
    if not holds: fail(what)

sha = lambda b: hashlib.sha256(b).digest()
leaf = lambda b: sha(b"\x00" + b)
node = lambda l, r: sha(b"\x01" + l + r)
data = open(sys.argv[1], "rb").read()

# 1. container: read the directory, build the file again from it, compare
need(len(data) >= 22 and data[-22:-18] == b"PK\x05\x06", "container: the last 22 bytes")
count, size, at = struct.unpack("<HII", data[-12:-2])
need(count <= 64 and at + size + 22 == len(data), "container: the directory")
files, rebuilt, central, pos = {}, b"", b"", at
for _ in range(count):
    need(pos + 46 <= len(data), "container: the directory")
    crc, _, length, nlen = struct.unpack("<IIIH", data[pos + 16:pos + 30])
    name = data[pos + 46:pos + 46 + nlen]
    facts = struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 0x21, crc, length, length, nlen, 0)
    central += b"PK\x01\x02" + struct.pack("<H", 10) + facts + struct.pack("<HHHII", 0, 0, 0, 0, len(rebuilt)) + name
    start = len(rebuilt) + 30 + nlen
    content = data[start:start + length]
    need(len(content) == length and zlib.crc32(content) == crc, "container: CRC-32 of %r" % name)
    need(name.decode("ascii") not in files, "container: %r is there twice" % name)
    rebuilt += b"PK\x03\x04" + facts + name + content
    files[name.decode("ascii")] = content
    pos += 46 + nlen
end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), len(rebuilt), 0)
need(rebuilt + central + end == data, "container: some byte of a header")

def canonical(raw):  # RFC 8785 for what bundles hold: texts, whole numbers, true, false, null, lists, objects
    value = json.loads(raw)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    need(text.encode() == raw, "JSON that is not canonical: %r" % raw[:80])
    return value

def lines(name):
    raw = files[name]
    need(raw == b"" or raw.endswith(b"\n"), name + ": its last line does not end")
    return raw.split(b"\n")[:-1]

# 2. manifest: lists every other file, in order
manifest = canonical(files["manifest.json"])
need(manifest["format"] == "pentarch-bundle" and manifest["version"] == 1, "manifest: its format")
need(list(files) == ["manifest.json", "manifest.sig"] + [f["name"] for f in manifest["files"]], "manifest: the list of files")

# 3. signatures: notes by the key that was given
name, keyid, packed = sys.argv[2].split("+", 2)
packed = base64.b64decode(packed, validate=True)
need(packed[0] == 1 and len(packed) == 33, "key: not an Ed25519 key")
need(sha(name.encode() + b"\n" + packed)[:4].hex() == keyid, "key: its id")

def signed(note, what):
    text, _, signatures = note.rpartition(b"\n\n")
    text += b"\n"
    for line in signatures.decode().split("\n"):
        if line.startswith("\u2014 %s " % name):
            raw = base64.b64decode(line.split(" ")[2], validate=True)
            if raw[:4].hex() != keyid: continue
            with tempfile.NamedTemporaryFile() as key, tempfile.NamedTemporaryFile() as sig, tempfile.NamedTemporaryFile() as msg:
                for handle, content in ((key, bytes.fromhex("302a300506032b6570032100") + packed[1:]), (sig, raw[4:]), (msg, text)):
                    handle.write(content); handle.flush()
                done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key.name,
                                       "-rawin", "-in", msg.name, "-sigfile", sig.name], capture_output=True)
            need(done.returncode == 0, what + ": the signature")
            return text.decode()
    fail(what + ": not signed by the key that was given")

digest = hashlib.sha256(files["manifest.json"]).hexdigest()
need(files["manifest.sig"].count("\u2014".encode()) == 1 and files["manifest.sig"].endswith(b"\n"), "manifest.sig: one signature")
need(signed(files["manifest.sig"], "manifest.sig") == "pentarch-bundle/v1\n%s\n" % digest, "manifest.sig: the digest")
need(manifest["origin"] == name, "key: it is of another log")

# 4. files
for f in manifest["files"]:
    content = files[f["name"]]
    need(len(content) == f["bytes"] and hashlib.sha256(content).hexdigest() == f["sha256"], "the digest of " + f["name"])

# 5. checkpoint
def checkpoint(note, what):
    origin, tree, root = signed(note, what).split("\n")[:3]
    need(origin == name, what + ": the origin")
    return int(tree), base64.b64decode(root, validate=True)

tree, root = checkpoint(files["checkpoint.txt"], "checkpoint.txt")
need(manifest["checkpoint"] == {"size": tree, "root": root.hex()}, "checkpoint.txt: not the one of the manifest")

# 6. history: RFC 9162, section 2.1.4.2
def consistent(m, first, n, second, proof):
    if m == n: return not proof and first == second
    if m == 0: return not proof and first == sha(b"")
    path = ([first] if m & (m - 1) == 0 else []) + proof
    if not path: return False
    fn, sn = m - 1, n - 1
    while fn & 1: fn >>= 1; sn >>= 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0: return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1: fn >>= 1; sn >>= 1
        else: sr = node(sr, c)
        fn >>= 1; sn >>= 1
    return sn == 0 and fr == first and sr == second

since = manifest["request"]["since"]
if since is not None:
    proof = canonical(files["consistency.json"])
    old = bytes.fromhex(proof["from"]["root"])
    need(proof["from"]["size"] == since and proof["to"] == tree, "consistency.json: the sizes")
    need(consistent(since, old, tree, root, [bytes.fromhex(h) for h in proof["hashes"]]), "consistency.json: the proof")
if len(sys.argv) > 3:
    m, held = checkpoint(open(sys.argv[3], "rb").read(), "your checkpoint")
    need((m, held) == (tree, root) or (m == since and held == old), "history: not proved from your checkpoint")

# 7. one proof for many leaves
def multiproof(n, indices, leaves, proof):
    todo, hashes = list(zip(indices, leaves))[::-1], proof[::-1]
    def visit(start, stop):
        if not todo or todo[-1][0] >= stop:
            need(hashes, "a proof is too short")
            return hashes.pop()
        if stop - start == 1:
            need(todo[-1][0] == start, "an index is out of order")
            return todo.pop()[1]
        split = 1
        while split * 2 < stop - start: split *= 2
        left = visit(start, start + split)
        return node(left, visit(start + split, stop))
    result = visit(0, n) if n else sha(b"")
    need(not todo and not hashes, "a proof is too long, or an index out of place")
    return result

# 8. events, openings
raw = lines("events.ndjson")
events = [canonical(line) for line in raw]
proof = canonical(files["events.proof.json"])
need(proof["size"] == tree, "events.proof.json: the size")
need(multiproof(tree, [e["index"] for e in events], [leaf(r) for r in raw], [bytes.fromhex(h) for h in proof["hashes"]]) == root,
     "events.ndjson: the events are not in the log")
opened = {e["index"]: e for e in events}
for line in sorted(map(canonical, lines("openings.ndjson")), key=lambda o: o["pointer"].count("/")):
    within, steps = opened[line["index"]], [s.replace("~1", "/").replace("~0", "~") for s in line["pointer"].split("/")[1:]]
    for step in steps[:-1]: within = within[int(step) if isinstance(within, list) else step]
    last = int(steps[-1]) if isinstance(within, list) else steps[-1]
    value = json.dumps(line["value"], ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    need(within[last] == {"$committed": sha(bytes.fromhex(line["salt"]) + value).hex()}, "openings.ndjson: %r" % line)
    within[last] = line["value"]

# 9. the recorded state, and the rows
place = canonical(files["state.json"])
state = opened[place["leaf"]]
need((state["action"], state["actor"]["kind"], state["subject"]) == ("log.state", "system", {"type": "register", "id": "state"}), "state.json")
need(state["after"]["asOf"] == place["asOf"] == manifest["asOf"], "state.json: the instant")
for dataset in manifest["request"]["datasets"]:
    raw, proof, recorded = lines("data/%s.ndjson" % dataset), canonical(files["data/%s.proof.json" % dataset]), state["after"]["datasets"][dataset]
    keys = [canonical(line)["key"].encode() for line in raw]
    indices = range(len(raw)) if proof["indices"] == "all" else proof["indices"]
    need(keys == sorted(set(keys)) and len(indices) == len(raw), dataset + ": the order of the rows")
    need(proof["rows"] == recorded["rows"] and (proof["indices"] != "all" or proof["rows"] == len(raw)), dataset + ": the number of rows")
    need(multiproof(proof["rows"], indices, [leaf(r) for r in raw], [bytes.fromhex(h) for h in proof["hashes"]]).hex() == recorded["root"],
         dataset + ": the rows are not those that the log recorded")
    print("%s: %d of %d rows" % (dataset, len(raw), proof["rows"]))
print("intact: %d events in a log of %d, state of %s" % (len(events), tree, manifest["asOf"]))
