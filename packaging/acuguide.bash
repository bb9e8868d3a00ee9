# bash completion of acuguide: subcommands and options are read from the program's own --help.
_acuguide() {
  local word=${COMP_WORDS[COMP_CWORD]} words=() i help
  for ((i = 1; i < COMP_CWORD; ++i)); do
    [[ ${COMP_WORDS[i]} =~ ^[a-z][a-z]*$ ]] && words+=("${COMP_WORDS[i]}") || break
  done
  help=$(acuguide "${words[@]}" --help 2>/dev/null) || help=$(acuguide "${words[0]}" --help 2>/dev/null) || return 0
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(grep -oE '(^|[ ,])--[a-z][a-z-]*' <<<"$help" | tr -d ' ,')" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$(sed -n '/^Subcommands:/,/^[A-Z]/s/^  \([a-z]*\) .*/\1/p' <<<"$help")" -- "$word")
    [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _acuguide acuguide
