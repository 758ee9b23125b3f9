#!/bin/sh
# Makes the JDK's ahead-of-time caches, which halve the time to start: caches.sh JAR PREFIX -> PREFIX-{cli,server,edge}.aot
# The JVM does not notice that a jar was replaced, so PREFIX names the bytes of the jars; other caches are deleted.
set -u
jar=$1
prefix=$2
folder=${prefix%/*}
mkdir -p "$folder"
if ! mkdir "$prefix.making" 2>/dev/null; then
    # One that was killed leaves its mark behind.
    [ -n "$(find "$prefix.making" -prune -mmin +10)" ] || exit 0
fi
places=$(mktemp -d)
trap 'sweep; rm -rf "$prefix.making"' EXIT INT TERM

# On the disk before it has its name: the JVM would run on one that a power failure cut off, and only what is written can
# be given back while it is mapped.
keep() {
    [ -s "$prefix.making/$1.aot" ] || return 0
    sync "$prefix.making/$1.aot" 2>/dev/null || sync
    mv "$prefix.making/$1.aot" "$prefix-$1.aot"
}

# A rehearsal that was ended in the middle leaves its folder, and in it what it had started: an edge outlives others.
sweep() {
    for left in "$places"/johwa-rehearsal*/data; do
        [ ! -d "$left" ] || $bound "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Djohwa.home="${jar%/lib/*}" \
            -jar "$jar" down --data "$left" --apps
    done
    rm -rf "$places"
}

# One that hangs, as when its jars are replaced beneath it, is not left for ever.
bound=
command -v timeout >/dev/null 2>&1 && bound="timeout -k 10 300"

# What was hot in a rehearsal is not worth compiling at once in every start: profiles stay out, which saves a third of a
# second of processor time and a few MiB a process. Netty's buffers as the program's script has them, or other classes
# would be rehearsed than are used.
rehearse() {
    # shellcheck disable=SC2086 # words of a command
    $bound nice -n 10 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:-UsePerfData \
        --sun-misc-unsafe-memory-access=allow -Dio.netty.noUnsafe=false -Djfr.unsupported.vm=true \
        -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -Djdk.httpclient.allowRestrictedHeaders=host \
        -Djohwa.home="${jar%/lib/*}" -Djava.io.tmpdir="$places" "$1" -cp "$jar" dev.johwa.main.Rehearsal "$2" "$3"
}

rm -f "$prefix.making"/*.aot*
# Commands and the edge are rehearsed in processes of their own.
rehearse -XX:AOTCacheOutput="$prefix.making/server.aot" server "$prefix.making/cli.aot"
keep cli
keep server
rehearse -XX:TieredStopAtLevel=1 edge "$prefix.making/edge.aot"
keep edge
for old in "$folder"/*.aot; do
    case $old in "$prefix"-*) ;; *) rm -f "$old" ;; esac
done
