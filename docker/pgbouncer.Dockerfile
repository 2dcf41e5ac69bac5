# PgBouncer as Debian has it, in transaction mode: for compose.yaml. Its settings are mounted.

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends pgbouncer \
  && rm -rf /var/lib/apt/lists/*
USER 10002
EXPOSE 6432
ENTRYPOINT ["pgbouncer"]
CMD ["/etc/hub/pgbouncer.ini"]
