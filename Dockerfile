# Targets: `service` (the last one, so the default) and `minio`.

# MinIO publishes source only, so its program is built here, at the version that is used everywhere else.
FROM golang:1.26-bookworm AS minio-build
ARG MINIO_VERSION=v0.0.0-20260212201848-7aac2a2c5b7c
RUN CGO_ENABLED=0 GOBIN=/out go install "github.com/minio/minio@${MINIO_VERSION}"

FROM debian:bookworm-slim AS minio
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates curl \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 minio \
  && install -d -o minio /data
COPY --from=minio-build /out/minio /usr/local/bin/minio
USER minio
VOLUME /data
EXPOSE 9000 9001
ENTRYPOINT ["minio"]
CMD ["server", "/data"]

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.mjs && node scripts/build-web.mjs && npm prune --omit=dev

FROM node:20-slim AS service
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app /app
RUN install -d -o node /app/.data
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "dist/main.js", "serve"]
