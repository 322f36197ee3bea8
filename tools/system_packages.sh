# Sourced by the other scripts: installs Debian or Ubuntu packages, or says what is missing and stops.

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

install_packages() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "Missing system packages: $*" "Install them as root, then run again."
        as_root=(sudo)
    fi
    command -v apt-get >/dev/null || stop "Missing system packages (Debian's names): $*" "Install them, then run again."
    echo "Installing system packages: $*"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
