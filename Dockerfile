# The image of Claimdesk: one for `web` and `worker`, see compose.yml. It runs as a user of its own and
# needs only /data (the store, the index and your settings) and /tmp to be writable.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/claimdesk
# What changes seldom comes first, so that it is built seldom. Every package is checked by its hash.
COPY requirements.lock ./
RUN /opt/claimdesk/bin/pip install --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY seeds seeds
RUN /opt/claimdesk/bin/pip install --no-deps . \
 && /opt/claimdesk/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm

# Its group has the same number, and USER is a number: Kubernetes can't tell by a name that it isn't root.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin claimdesk \
 && install -d -m 0700 -o claimdesk -g claimdesk /data
COPY --from=build /opt/claimdesk /opt/claimdesk
ENV PATH=/opt/claimdesk/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    CLAIMDESK_DATA=/data \
    METRICS_PORT=9464
USER 10001:10001
WORKDIR /data
VOLUME /data
# A process that hangs is ended after 17 seconds, so give it twenty: docker stop --time 20.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"METRICS_PORT\"]}/healthz', timeout=4)"]
# One process that does everything. For several, see compose.yml.
CMD ["claimdesk", "run"]
