# The last step before the program: its own environment, byte for byte, and its folder. Until here its values travel
# under names that mean nothing to anybody, so that none of them (LD_PRELOAD, say) acts on what starts it.
# usage: enter FOLDER PROGRAM [ARGUMENT...]
johwa_index=0
for johwa_name in $JOHWA_NAMES; do
  eval "export $johwa_name=\"\$JOHWA_VALUE_$johwa_index\"; unset JOHWA_VALUE_$johwa_index"
  johwa_index=$((johwa_index + 1))
done
unset JOHWA_NAMES
cd -- "$1" || exit 126
unset OLDPWD
shift
exec "$@"
