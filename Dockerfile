# One image for a silo that serves twins and for batch runs.
#   docker build -t digitaltwin .
#   docker run -d -v twins:/data/twins digitaltwin serve scenarios/gbsg-hormone-therapy.yaml --state /data/twins
#   docker run --rm --no-healthcheck --user "$(id -u)" -v "$PWD/runs:/data/runs" digitaltwin run scenarios/gbsg-hormone-therapy.yaml --out /data/runs/gbsg

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish scenarios -c Release -o /app -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/runtime:10.0 AS final
WORKDIR /app
COPY --from=build /app .
COPY --from=build /source/scenarios/*.yaml scenarios/
COPY --from=build /source/scenarios/bundles/ scenarios/bundles/
RUN ln -s /app/digitaltwin /usr/local/bin/digitaltwin \
    && mkdir -p /data/twins /data/runs \
    && chown -R $APP_UID:$APP_UID /data
USER $APP_UID
VOLUME ["/data/twins", "/data/runs"]

# Asks the silo's loopback port; a batch run has none: start it with --no-healthcheck.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["digitaltwin", "twin", "health"]
ENTRYPOINT ["digitaltwin"]
CMD ["--help"]
