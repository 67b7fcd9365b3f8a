#!/bin/sh
# Runs $DESK_BINARY with the share of a processor that the control group gives.
echo $$ > "$DESK_SHARE" && exec "$DESK_BINARY"
