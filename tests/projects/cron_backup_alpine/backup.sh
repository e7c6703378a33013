#!/bin/bash
set -euo pipefail

stamp=$(date +%Y-%m-%d_%H%M)
pg_dump "$DATABASE_URL" | gzip > "/backup/db-$stamp.sql.gz"
find /backup -name '*.sql.gz' -mtime +7 -delete
echo "backup $stamp done"
