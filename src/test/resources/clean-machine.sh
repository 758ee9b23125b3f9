#!/bin/sh
# clean-machine.sh ROOT SCRATCH FILES PACKAGES: boots systemd in a copy of ROOT, as a machine of its own: processes, network, users'
# sockets and control groups are its own, and nothing it writes is kept. FILES is seen there as /files, PACKAGES is where
# its apt finds packages.
# Started by: unshare -mpuinCf --kill-child sh clean-machine.sh ...; its end is the end of the machine.
set -eu
root=$1
scratch=$2
files=$3
packages=$4
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
cd "$scratch/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
for folder in sys/fs/cgroup run dev; do
    mount -t tmpfs tmpfs $folder
done
for device in null:3 zero:5 full:7 random:8 urandom:9; do
    mknod -m 666 "dev/${device%:*}" c 1 "${device#*:}"
done
mknod -m 666 dev/tty c 5 0
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts files packages old
mount -t devpts devpts dev/pts -o newinstance,ptmxmode=0666
ln -s pts/ptmx dev/ptmx
mount --bind "$files" files
mount --bind "$packages" packages
echo "deb [trusted=yes] file:/packages ./" >etc/apt/sources.list
pivot_root . old
umount -l /old
ip link set lo up
hostname clean
mkdir -p -m 700 /root/.ssh
cp /files/authorized_keys /root/.ssh/
exec env -i container=johwa-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=console \
    --show-status=no
