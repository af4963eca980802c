"""`./run bench NAME [arguments]`: run one measurement; without a name, list them."""

import importlib
import pkgutil
import sys
from types import ModuleType

from tools import bench


def measurements() -> dict[str, ModuleType]:
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    return {name.replace("_", "-"): importlib.import_module(f"tools.bench.{name}") for name in names}


def main(arguments: list[str]) -> int:
    known = measurements()
    if not arguments or arguments[0] not in known:
        for name, module in known.items():
            print(f"  {name:20} {(module.__doc__ or '').strip().splitlines()[0]}")
        return 2 if arguments else 0
    return int(known[arguments[0]].main(arguments[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
