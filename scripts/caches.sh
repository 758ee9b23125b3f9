#!/bin/sh
# Makes the JDK's ahead-of-time caches, which halve the time to start: caches.sh JAR PREFIX -> PREFIX-{cli,server,edge}.aot
# The JVM does not notice that a jar was replaced, so PREFIX names the bytes of the jars; other caches are deleted.
set -eu
jar=$1
prefix=$2
folder=${prefix%/*}
mkdir -p "$folder"
if ! mkdir "$prefix.making" 2>/dev/null; then
    # One that was killed leaves its mark behind.
    [ -n "$(find "$prefix.making" -prune -mmin +10)" ] || exit 0
fi
trap 'rm -rf "$prefix.making"' EXIT INT TERM

make_cache() {
    name=$1
    shift
    rm -f "$prefix.making/$name"*
    nice -n 10 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:-UsePerfData "$@" \
        -Djdk.httpclient.allowRestrictedHeaders=host -XX:AOTCacheOutput="$prefix.making/$name.aot" \
        -cp "$jar" dev.johwa.main.Rehearsal "$name" && mv "$prefix.making/$name.aot" "$prefix-$name.aot"
}

make_cache cli -XX:TieredStopAtLevel=1 || true
make_cache server || true
make_cache edge || true
for old in "$folder"/*.aot; do
    case $old in "$prefix"-*) ;; *) rm -f "$old" ;; esac
done
