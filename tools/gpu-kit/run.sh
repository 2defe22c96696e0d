#!/bin/sh
# Tests and measures Lantern's GPU engine on a machine (Linux, x86-64) that has a GPU's driver and little else. Made by
# tools/gpu-kit.mjs of Lantern.
#
#   sh run.sh                the GPUs, then the tests of the engine, then its benchmark
#   sh run.sh gpus           which GPUs there are
#   sh run.sh test [FILTER]  the tests
#   sh run.sh bench [...]    the benchmark, with options of tools/bench-engine.ts
#   sh run.sh lantern ...    the command, as in `lantern simulate`
#   sh run.sh node ...       Node, in the folder of Lantern
#
# KIT_WORK  where to unpack (unpacked, beside this file)
# KIT_OUT   where results go (results, beside this file)
# KIT_ENGINE  gpu, or gpu:software to try the kit without a GPU
# VK_DRIVER_FILES  the driver for Vulkan, where it is not found by itself
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=${KIT_WORK:-$here/unpacked}
out=${KIT_OUT:-$here/results}
engine=${KIT_ENGINE:-gpu}
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}
HOME=${HOME:-$work}
export PATH HOME

if [ ! -f "$work/ready" ]; then
  mkdir -p "$work" || exit 1
  gzip -dc "$here/node.gz" >"$work/node" && chmod +x "$work/node" || exit 1
  "$work/node" "$here/unpack.mjs" "$here/kit.br" "$work" || exit 1
  : >"$work/ready"
fi
mkdir -p "$out" || exit 1
export LD_LIBRARY_PATH="$work/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

# The loader finds drivers by files in some folders; machines of containers have them elsewhere, or only the library.
if [ -z "${VK_DRIVER_FILES:-}" ]; then
  for file in /usr/share/vulkan/icd.d/nvidia_icd*.json /etc/vulkan/icd.d/nvidia_icd*.json \
    /usr/local/share/vulkan/icd.d/nvidia_icd*.json /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd*.json; do
    [ -f "$file" ] && VK_DRIVER_FILES=$file && break
  done
fi
if [ -z "${VK_DRIVER_FILES:-}" ]; then
  for library in /usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0 /usr/lib64/libGLX_nvidia.so.0 \
    /usr/local/nvidia/lib64/libGLX_nvidia.so.0 /usr/lib/libGLX_nvidia.so.0; do
    [ -e "$library" ] || continue
    VK_DRIVER_FILES=$work/nvidia_icd.json
    printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s","api_version":"1.3.0"}}\n' "$library" \
      >"$VK_DRIVER_FILES"
    break
  done
fi
if [ -n "${VK_DRIVER_FILES:-}" ]; then
  export VK_DRIVER_FILES VK_ICD_FILENAMES="$VK_DRIVER_FILES"
  echo "kit: Vulkan's driver by $VK_DRIVER_FILES"
fi

cd "$work/lantern" || exit 1
node=$work/node

gpus() {
  "$node" packages/cli/bin/lantern.js gpus 2>&1 | tee "$out/gpus.txt"
  nvidia-smi 2>/dev/null | tee "$out/nvidia-smi.txt"
}

tests() {
  [ $# -gt 0 ] || set -- engine-contract gpu- -gpu arithmetic-probe elementary wide
  [ "$engine" = gpu ] && export LANTERN_TEST_GPU=any
  "$node" node_modules/vitest/vitest.mjs run "$@" --reporter=default --reporter=json \
    --outputFile="$out/tests.json" >"$out/tests.txt" 2>&1
  code=$?
  tail -40 "$out/tests.txt"
  return $code
}

bench() {
  "$node" --import ./tools/typescript.mjs tools/bench-engine.ts --engine "$engine" --shared ../shared --out "$out" "$@" \
    2>&1 | tee "$out/bench.txt"
}

what=${1:-all}
[ $# -gt 0 ] && shift
case $what in
  gpus) gpus ;;
  test) tests "$@" ;;
  bench) bench "$@" ;;
  lantern) "$node" packages/cli/bin/lantern.js "$@" ;;
  node) "$node" "$@" ;;
  all)
    gpus
    tests
    failed=$?
    bench
    exit $failed
    ;;
  *)
    echo "kit: run.sh [gpus | test | bench | lantern | node] ..." >&2
    exit 2
    ;;
esac
