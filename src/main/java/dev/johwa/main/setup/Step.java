package dev.johwa.main.setup;

import java.util.List;

/// Something that is to hold on the server, and the way to it: data, for whoever carries it out.
///
/// Both scripts are for `sh -e` as root and find `$id` (SHA-256 of the archive), `$archive` (where it was copied to),
/// `$domain` (empty: as it is) and `$name` (of API and git by TLS; empty: none). None of a person's words is in them.
///
/// @param does what it will do, as a person is told
/// @param holds ends with 0 where there is nothing to do
/// @param make makes it hold, also after an earlier try that broke off
record Step(String name, String does, String holds, String make) {
    static final String PROGRAM = "program";
    static final List<String> PACKAGES = List.of("git", "bubblewrap", "iproute2", "ca-certificates", "procps");
    static final String SERVICE = "service";

    static List<Step> all() {
        return List.of(packages(), program(), units(), options(), service());
    }

    private static Step packages() {
        return packages("packages", PACKAGES);
    }

    /// Servers of databases: their programs, without the services that Debian would start.
    static Step databases(List<String> packages) {
        var plain = packages("databases", packages);
        var before = """
                fresh=
                for each in $packages; do
                    [ "$(dpkg-query -W -f='${db:Status-Status}' $each 2>/dev/null)" = installed ] || fresh="$fresh $each"
                done
                mkdir -p /etc/postgresql-common
                [ -e /etc/postgresql-common/createcluster.conf ] ||
                    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
                [ -e /usr/sbin/policy-rc.d ] || {
                    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
                    printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
                    chmod 755 /usr/sbin/policy-rc.d
                }
                """;
        var after = """
                for each in $fresh; do
                    case $each in mariadb-*) each=mariadb ;; esac
                    systemctl -q disable $each 2>/dev/null || :
                done
                """;
        var wanted = "packages='" + String.join(" ", packages) + "'\n";
        return new Step(
                plain.name(), plain.does(), plain.holds(), wanted + before + "(\n" + plain.make() + ")\n" + after);
    }

    private static Step packages(String name, List<String> packages) {
        var wanted = "packages='" + String.join(" ", packages) + "'\n";
        var told = packages.size() == 1
                ? packages.getFirst()
                : String.join(", ", packages.subList(0, packages.size() - 1)) + " and " + packages.getLast();
        return new Step(name, "install " + told + " by apt", wanted + """
                for each in $packages; do
                    [ "$(dpkg-query -W -f='${db:Status-Status}' $each 2>/dev/null)" = installed ] || exit 1
                done
                """, wanted + """
                export DEBIAN_FRONTEND=noninteractive LC_ALL=C
                apt() {
                    for try in $(seq 200); do
                        said=$(apt-get -q -y "$@" 2>&1) && return 0
                        case $said in
                            *'Could not get lock'* | *'Unable to lock'*)
                                echo "waits: $(printf '%s\\n' "$said" | grep -m1 -i lock)" >&2; sleep 3 ;;
                            *) printf '%s\\n' "$said" | tail -n 12; return 1 ;;
                        esac
                    done
                    return 1
                }
                apt install --no-install-recommends $packages >/dev/null && exit 0
                apt update
                apt install --no-install-recommends $packages
                """);
    }

    /// A link to a folder with the archive's sum in its name: what runs keeps the files it was started from.
    private static Step program() {
        return new Step(PROGRAM, "unpack the program into /opt/johwa, with a Java of its own", """
                [ "$(cat /opt/johwa/archive 2>/dev/null)" = "$id" ]
                [ "$(readlink /usr/local/bin/johwa)" = /opt/johwa/johwa ]
                """, """
                into=/opt/johwa-$(printf %.12s "$id")
                rm -rf "$into.new"
                if [ "$(cat "$into/archive" 2>/dev/null)" != "$id" ]; then
                    mkdir -p "$into.new"
                    said=$(tar -xzf "$archive" -C "$into.new" --strip-components=1 --no-same-owner 2>&1) || {
                        # On a full disk each file says so; half a program must not keep it full.
                        printf '%s\\n' "$said" | head -n 2
                        rm -rf "$into.new"
                        exit 1
                    }
                    echo "$id" >"$into.new/archive"
                    rm -rf "$into"
                    mv -T "$into.new" "$into"
                fi
                [ -L /opt/johwa ] || [ ! -e /opt/johwa ] || mv -T /opt/johwa "/opt/johwa-replaced-$(date +%s)"
                # What works takes a backup and hands over by itself; one from before it could is replaced as it is.
                if systemctl -q is-active johwa.service && /opt/johwa/johwa upgrade --help >/dev/null 2>&1; then
                    /opt/johwa/johwa upgrade "$into" --data /var/lib/johwa
                else
                    ln -sfn "$into" /opt/johwa.new
                    mv -T /opt/johwa.new /opt/johwa
                fi
                mkdir -p /usr/local/bin
                ln -sfn /opt/johwa/johwa /usr/local/bin/johwa
                rm -f "$archive"
                """);
    }

    private static Step units() {
        return new Step("units", "write johwa.service and its sockets into /etc/systemd/system", """
                for each in johwa.service johwa.socket johwa-tls.socket; do
                    cmp -s /opt/johwa/systemd/$each /etc/systemd/system/$each
                done
                """, """
                cp /opt/johwa/systemd/johwa* /etc/systemd/system/
                systemctl daemon-reload
                """);
    }

    private static Step options() {
        return new Step("options", "keep the words for `johwa up` in /etc/default/johwa", """
                grep -q '^JOHWA_OPTIONS=' /etc/default/johwa
                [ -z "$domain" ] || grep -q -- "--domain $domain[\\" ]" /etc/default/johwa
                [ -z "$name" ] || grep -q -- '^JOHWA_OPTIONS=.*--name ' /etc/default/johwa
                """, """
                [ -f /etc/default/johwa ] || cp /opt/johwa/systemd/default /etc/default/johwa
                grep -q '^JOHWA_OPTIONS=' /etc/default/johwa || echo 'JOHWA_OPTIONS=""' >>/etc/default/johwa
                add() {
                    sed -i -E "s/^JOHWA_OPTIONS=\\"?([^\\"]*)\\"?/JOHWA_OPTIONS=\\"$* \\1\\"/" /etc/default/johwa
                }
                if [ -n "$domain" ]; then
                    sed -i -E '/^JOHWA_OPTIONS=/ s/--domain [^ "]* ?//' /etc/default/johwa
                    add --domain "$domain"
                fi
                # Who gave it another name meant that.
                [ -z "$name" ] || grep -q -- '^JOHWA_OPTIONS=.*--name ' /etc/default/johwa || add --name "$name"
                """);
    }

    /// Restarts only the control plane; edge and apps go on. Programs before the last are taken away where nothing runs
    /// them.
    private static Step service() {
        var wanted = "wanted() { { readlink -f /opt/johwa; cat /etc/systemd/system/johwa.s* /etc/default/johwa; }"
                + " | sha256sum; }\n";
        return new Step(SERVICE, "start Johwa, now and with the machine", wanted + """
                for each in johwa.socket ${name:+johwa-tls.socket} johwa.service; do
                    systemctl -q is-enabled $each 2>/dev/null
                    systemctl -q is-active $each
                done
                [ "$(cat /opt/johwa/started 2>/dev/null)" = "$(wanted)" ]
                """, wanted + """
                systemctl daemon-reload
                systemctl -q enable johwa.socket ${name:+johwa-tls.socket} johwa.service
                # A socket cannot begin for a service that runs; edge and apps go on meanwhile.
                systemctl stop johwa.service
                systemctl start johwa.socket ${name:+johwa-tls.socket}
                systemctl restart johwa.service || {
                    journalctl -u johwa.service -n 20 --no-pager -o cat
                    exit 1
                }
                wanted >/opt/johwa/started
                for old in $(ls -dt /opt/johwa-* | grep -vxF "$(readlink -f /opt/johwa)" | tail -n +2); do
                    ls -l /proc/[0-9]*/exe 2>/dev/null | grep -q -- " $old/" || rm -rf "$old"
                done
                """);
    }
}
