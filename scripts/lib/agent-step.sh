# One step of one update agent, for scripts/try-agents: bash agent-step.sh NAME STEP [ARGUMENT…]
#
# agents/NAME.sh describes the agent:
#   agent, runs        its name and the command line, for the table
#   needs, get         the commands that it needs; where it can be had
#   refused_exit       its exit code when it is refused
#   refused_says       a pattern of the line that it prints then; empty: it does not mention the refusal
#   refused_files      untouched, or overwritten: the effect on its files
#   note               what else a developer should know
#   version            prints its version
#   install            brings what it needs from a package registry (optional)
#   publish VERSION    makes that version of the artifact in $published, which the origin serves as $base
#   update             updates from $base; its files are in $state, everything else is in $home
#   has VERSION        whether that version is in $state
set -euo pipefail
needs=() note= refused_files=untouched
install() { :; }

# The first number with dots in a text.
number_in() { [[ $1 =~ [0-9]+(\.[0-9]+)+ ]] && echo "${BASH_REMATCH[0]}"; }

# What must not change when an update is refused.
sums() { (cd "$state" && find . -type f ! -name '*.lock' ! -name lock -exec sha256sum {} + | sort); }

# Whether all commands are there, and of a package whether it is installed or can be.
there() {
  local command
  for command in "${needs[@]}"; do
    command -v "$command" >/dev/null || { echo "$command is not installed here ($get)"; return 1; }
  done
}

facts() {
  printf '%s\n' "agent=$(printf %q "$agent")" "runs=$(printf %q "$runs")" "refused_exit=$refused_exit" \
    "refused_says=$(printf %q "$refused_says")" "refused_files=$refused_files" "note=$(printf %q "$note")"
}

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/agents/$1.sh"
"${@:2}"
