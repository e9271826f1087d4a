#!/bin/sh
# Stands in for a command-line agent: `fake-agent.sh STREAM`. It does what its prompt asks of it, as far as it knows how to, and prints a recorded stream of events.
# The prompt comes by standard input, or by the file that PUSHPALS_PROMPT_FILE names.
prompt=$(cat)
[ -n "$prompt" ] || prompt=$(cat "$PUSHPALS_PROMPT_FILE")
case $prompt in
  *"You review a change"*"+echo"*)
    echo '{ "verdict": "pass", "findings": [] }' > "$PUSHPALS_OUT/outputs.json"
    ;;
  *"Write a test"*)
    printf '%s\n' '[ "$(sh src/total.sh 2 3)" = 5 ] || { echo "wanted 5, got $(sh src/total.sh 2 3)"; exit 1; }' >> test.sh
    ;;
  *"Make it pass"* | *"Make the test pass"*)
    printf '%s\n' 'echo $(($1 + $2))' > src/total.sh
    ;;
  *"does not fit"*)
    echo '{ "found": 1 }' > "$PUSHPALS_OUT/outputs.json"
    ;;
  *"Count the bugs"*)
    echo '{ "found": "one" }' > "$PUSHPALS_OUT/outputs.json"
    ;;
  *)
    echo "fake-agent: no idea what to do" >&2
    exit 3
    ;;
esac
cat "$1"
