#!/bin/sh
# clean-root.sh ROOT SCRATCH FILES COMMAND...: runs a command in a copy of ROOT, as on a machine of its own: nothing it
# writes is kept, it sees only its own processes, and a network of loopback alone. FILES is seen there as /files.
# Started by: unshare -mpfn --kill-child sh clean-root.sh ...
set -eu
root=$1
scratch=$2
files=$3
shift 3
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
cd "$scratch/root"
mount -t proc proc proc
mount -t tmpfs tmpfs dev
for device in null:3 zero:5 full:7 random:8 urandom:9; do
    mknod -m 666 "dev/${device%:*}" c 1 "${device#*:}"
done
ln -s /proc/self/fd dev/fd
mkdir dev/shm files
mount --bind "$files" files
ip link set lo up
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 chroot . "$@"
