"""Generate the Python modules of every .proto beside its source, and the descriptor image `buf lint` reads.

The rules of `buf.validate` come from the installed `protovalidate` module and `google.*` from
`googleapis-common-protos`, so no foreign .proto is kept here.
"""

import sys
from pathlib import Path

import google.api
import grpc_tools
from google.protobuf import descriptor_pb2
from grpc_tools import protoc
from protovalidate._gen.buf.validate import validate_pb

ROOT = Path(__file__).resolve().parent
BUILT = ROOT / "third_party"
WELL_KNOWN = Path(grpc_tools.__file__).parent / "_proto"
GOOGLEAPIS = Path(next(iter(google.api.__path__))).parents[1]


def run(*arguments: str) -> None:
    """Run protoc; stop with its exit code when it refuses."""
    code = protoc.main(["protoc", *arguments])
    if code:
        raise SystemExit(code)


def write_foreign() -> Path:
    """Write the descriptor set of buf/validate and of the google.* files that the protos import."""
    rules = descriptor_pb2.FileDescriptorProto.FromString(validate_pb._DESC.proto.to_binary())
    target = BUILT / "foreign.binpb"
    options = ["google/api/field_behavior.proto", "google/api/resource.proto"]
    google_files = [*options, "google/type/date.proto", *rules.dependency]
    run(f"-I{WELL_KNOWN}", f"-I{GOOGLEAPIS}", "--include_imports", f"--descriptor_set_out={target}", *google_files)
    bundle = descriptor_pb2.FileDescriptorSet.FromString(target.read_bytes())
    present = {file.name for file in bundle.file}
    extra = ["google/protobuf/empty.proto", "google/protobuf/struct.proto"]
    run(f"-I{WELL_KNOWN}", f"--descriptor_set_out={target}", *(name for name in extra if name not in present))
    bundle.file.extend(descriptor_pb2.FileDescriptorSet.FromString(target.read_bytes()).file)
    bundle.file.append(rules)
    target.write_bytes(bundle.SerializeToString())
    return target


def main() -> int:
    """Generate everything; the exit code is that of the compiler."""
    BUILT.mkdir(exist_ok=True)
    foreign = f"--descriptor_set_in={write_foreign()}"
    run(foreign, f"--python_out={ROOT}", f"--pyi_out={ROOT}", "buf/validate/validate.proto")
    sources = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("sote/**/*.proto"))
    # The sources are read from disk, what they import from the descriptor set: protoc takes one or the other, so the
    # house's own image is made first and generated from.
    mapped = [f"-I{ROOT}", f"-I{WELL_KNOWN}", f"-I{GOOGLEAPIS}", f"-I{BUILT}"]
    image = BUILT / "api.binpb"
    run(*mapped, foreign, "--include_imports", "--include_source_info", f"--descriptor_set_out={image}", *sources)
    services = [name for name in sources if name.endswith("_service.proto")]
    plugins = [
        f"--plugin={name}={Path(sys.executable).parent / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")
    ]
    built = f"--descriptor_set_in={image}"
    run(built, *plugins, f"--python_out={ROOT}", f"--mypy_out=quiet:{ROOT}", *sources)
    if services:
        run(built, *plugins, f"--grpc_python_out={ROOT}", f"--mypy_grpc_out=quiet:{ROOT}", *services)
    return 0


if __name__ == "__main__":
    sys.exit(main())
