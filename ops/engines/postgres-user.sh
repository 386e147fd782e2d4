#!/bin/sh
# Run once, when the volume is empty: Relevo's account, which owns its own database and nothing elsewhere.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$RELEVO_PASSWORD" <<'SQL'
create role relevo login password :'password';
create database relevo owner relevo template template0 encoding 'UTF8';
SQL
