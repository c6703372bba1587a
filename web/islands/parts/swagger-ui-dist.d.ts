// What this project uses of the package, which comes without types.
declare module "swagger-ui-dist/swagger-ui-bundle.js" {
  interface SwaggerRequest {
    headers: Record<string, string>;
  }
  interface SwaggerSettings {
    domNode: HTMLElement;
    spec: object;
    deepLinking: boolean;
    defaultModelsExpandDepth: number;
    docExpansion: "list" | "full" | "none";
    validatorUrl: null;
    requestInterceptor: (request: SwaggerRequest) => SwaggerRequest;
  }
  export default function SwaggerUIBundle(settings: SwaggerSettings): unknown;
}
