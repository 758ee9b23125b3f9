# Leads a session of its own, starts the program in its groups with its output in files, and writes how it ended.
# usage: wrapper FOLDER open|ended|held|TERMINAL COUNT CGROUP_PROCS... PROGRAM [ARGUMENT...]
folder=$1
input=$2
count=$3
shift 3
while [ "$count" -gt 0 ]; do
  echo $$ >"$1" || exit 1
  shift
  count=$((count - 1))
done
# Its place is taken now and only written over later: also who has filled the disk is known to have ended.
printf '    \n' >"$folder/exit.part"
trap : INT TERM HUP QUIT
# Somebody holds its ends: by pipes that we were given, or by a terminal, which becomes the session's own by being opened.
case $input in
  held) exec 3<&0 4>&1 5>&2 </dev/null >/dev/null ;;
  /dev/*) exec 3<>"$input" 4>&3 5>&3 ;;
esac
# Else the shell would tell of a signal that ended the program among the program's own words.
exec 2>/dev/null
# Many a program stops when its input ends. One that stays has an input that says nothing and never ends.
if [ "$input" = open ] && /usr/bin/mkfifo -m 600 "$folder/in"; then
  exec 3<>"$folder/in"
  /bin/rm -f "$folder/in"
elif [ "$input" = open ] || [ "$input" = ended ]; then
  exec 3</dev/null
fi
case $input in
  open | ended) (exec "$@" 3<&-) <&3 >>"$folder/out" 2>>"$folder/err" ;;
  held) (exec "$@" 3<&- 4>&- 5>&-) <&3 >&4 2>&5 ;;
  # Ctrl-C is for the program: what stands around it must not end by it. The program has its signals back.
  *) (trap '' INT QUIT TSTP && exec "$@" 3<&- 4>&- 5>&-) <&3 >&4 2>&5 ;;
esac
printf '%-4s\n' "$?" 1<>"$folder/exit.part"
/bin/mv -f "$folder/exit.part" "$folder/exit"
