# Insignia as one image for both processes: `insignia serve` (the web) and `insignia worker`.
# Builds from a clone: docker build -t insignia .
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY requirements/base.txt requirements/build.txt requirements/
# Only what the hashes name is installed, into a folder of its own that the final image copies.
RUN python -m venv /opt/insignia \
    && /opt/insignia/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && /opt/insignia/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY pyproject.toml README.md ./
COPY src src
COPY tools tools
RUN /opt/insignia/bin/python -m tools.strings compile \
    && /opt/insignia/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && DJANGO_SETTINGS_MODULE=insignia.config.settings INSIGNIA_STATIC=/opt/insignia/static \
       /opt/insignia/bin/python -m django collectstatic --noinput -v0

FROM python:3.13-slim-bookworm
# The number is fixed so that a volume's files keep their owner from one image to the next.
RUN groupadd --gid 10001 insignia \
    && useradd --uid 10001 --gid insignia --home-dir /data --no-create-home --shell /usr/sbin/nologin insignia \
    && install -d -o insignia -g insignia -m 0750 /data \
    && install -d -o insignia -g insignia -m 0700 /secrets
COPY --from=build /opt/insignia /opt/insignia
ENV PATH=/opt/insignia/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    INSIGNIA_DATA=/data \
    INSIGNIA_SECRETS=/secrets \
    INSIGNIA_STATIC=/opt/insignia/static
USER insignia
WORKDIR /data
# The key-encryption file lives in /secrets and nowhere else: whoever copies /data cannot sign.
VOLUME ["/data", "/secrets"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["insignia"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
