# Tells what this machine is, a word and its value a line; changes nothing.
tell() { printf '%s=%s\n' "$1" "$2"; }
has() { command -v "$1" >/dev/null 2>&1; }
listens() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}
holder() {
    has ss || return 0
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (pid \2)/p' | head -n 1
}
ours() { has systemctl && systemctl -q is-active "$1" 2>/dev/null; }
tell system "$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}")"
tell family "$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}")"
tell architecture "$(uname -m)"
tell account "$(id -u)"
[ ! -d /run/systemd/system ] || tell systemd yes
has apt-get && tell apt yes
for folder in /opt /var/lib; do
    tell "free$folder" "$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')"
done
tell memory "$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)"
ours johwa.socket || ours johwa-moved.socket || { listens 80 && tell port80 "$(holder 80)"; }
ours johwa-tls.socket || ours johwa-moved-tls.socket || { listens 443 && tell port443 "$(holder 443)"; }
has dpkg-query && [ "$(dpkg-query -W -f='${db:Status-Status}' johwa 2>/dev/null)" = installed ] && tell package yes
# Ports of visitors through which a firewall lets nobody, of those that Debian and Ubuntu have a front end for.
closed=
if has ufw && ufw status 2>/dev/null | grep -q '^Status: active'; then
    for port in 80 443; do
        ufw status | grep -Eq "^(([0-9]+,)*$port(,[0-9]+)*(/tcp)?|WWW Full|Nginx Full|Apache Full) .*ALLOW" || closed="$closed $port"
    done
    [ -z "$closed" ] || tell ufw "${closed# }"
elif has firewall-cmd && firewall-cmd --state >/dev/null 2>&1; then
    for rule in 80:http 443:https; do
        firewall-cmd -q --query-port="${rule%:*}/tcp" || firewall-cmd -q --query-service="${rule#*:}" || closed="$closed ${rule%:*}"
    done
    [ -z "$closed" ] || tell firewalld "${closed# }"
fi
[ -s /opt/johwa/archive ] && tell archive "$(cat /opt/johwa/archive)"
[ -s /opt/johwa/VERSION ] && tell version "$(cat /opt/johwa/VERSION)"
tell end yes
