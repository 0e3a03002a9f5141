//! Mounting endpoints by their types, and the list of what is mounted.

use super::allowance::Allowance;
use super::cookies::Cookie;
use super::openapi::Schemas;
use super::upload::Upload;
use super::{Counting, Ctx, Failure, RequestId, body};
use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::response::Response;
use axum::routing::{MethodFilter, on as on_method};
use shared::api::{Endpoint, ErrorCode, Method};
use std::str::FromStr;
use utoipa::ToSchema;

/// The endpoints of one slice, or of all.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<App>,
    counting: Option<Counting>,
    pages: Router<App>,
    operations: Vec<Operation>,
}

/// One mounted endpoint, as OpenAPI tells of it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path below [`shared::api::BASE`].
    pub path: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What it takes and gives.
    pub schemas: Schemas,
    /// Reads a body as it does, where it takes JSON.
    pub reader: Option<Reader>,
}

/// Reads a body and writes it again.
pub type Reader = fn(&[u8]) -> Result<Vec<u8>, Failure>;

/// What an endpoint answers: the response, and cookies to set.
#[derive(Debug)]
pub struct Answer<T> {
    response: T,
    cookies: Vec<Cookie>,
}

impl<T> Answer<T> {
    /// Sets a cookie along with the response.
    #[must_use]
    pub fn with_cookie(mut self, cookie: Cookie) -> Self {
        self.cookies.push(cookie);
        self
    }
}

impl<T: serde::Serialize> Answer<T> {
    fn respond(self) -> Result<Response, Failure> {
        let Self { response, cookies } = self;
        let json = serde_json::to_vec(&response).map_err(Failure::fault)?;
        let mut response = Response::new(Body::from(json));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for cookie in cookies {
            let value = cookie
                .header()
                .ok_or_else(|| Failure::fault("a cookie's value has characters that do not fit"))?;
            headers.append(SET_COOKIE, value);
        }
        Ok(response)
    }
}

impl<T> From<T> for Answer<T> {
    fn from(response: T) -> Self {
        Self {
            response,
            cookies: Vec::new(),
        }
    }
}

/// What handles the endpoint `E`: `async fn(Ctx, E::Request) -> Result<Answer<E::Response>, Failure>`.
pub trait Handler<E: Endpoint>: Clone + Send + Sync + 'static {
    /// Does it.
    fn call(
        &self,
        ctx: Ctx,
        request: E::Request,
    ) -> impl Future<Output = Result<Answer<E::Response>, Failure>> + Send;
}

impl<E, F, Fut> Handler<E> for F
where
    E: Endpoint,
    F: Fn(Ctx, E::Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Answer<E::Response>, Failure>> + Send,
{
    fn call(
        &self,
        ctx: Ctx,
        request: E::Request,
    ) -> impl Future<Output = Result<Answer<E::Response>, Failure>> + Send {
        self(ctx, request)
    }
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Mounts the endpoint `E`. `Get` takes no body; `Post` takes JSON.
    #[must_use]
    pub fn route<E: Endpoint>(mut self, handler: impl Handler<E>) -> Self
    where
        E::Request: ToSchema + Send,
        E::Response: ToSchema + Send,
    {
        let filter = match E::METHOD {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        let handle = async move |ctx: Ctx, request: Request| {
            let id = ctx.id.clone();
            answer::<E>(ctx, request, &handler)
                .await
                .unwrap_or_else(|failure| failure.respond(&id))
        };
        self.router = self.router.route(E::PATH, on_method(filter, handle));
        let schemas = Schemas::json::<E::Request, E::Response>(E::METHOD);
        self.operations.push(Operation {
            method: E::METHOD,
            path: E::PATH,
            summary: E::SUMMARY,
            schemas,
            reader: match E::METHOD {
                Method::Get => None,
                Method::Post => Some(read_and_write::<E>),
            },
        });
        self
    }

    /// Mounts a stream of server-sent events, each a `T` as JSON (see [`super::live::events`]).
    #[must_use]
    pub fn stream<T, F, Fut>(mut self, path: &'static str, summary: &'static str, handler: F) -> Self
    where
        T: ToSchema,
        F: Fn(Ctx) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, id: RequestId| {
            handler(ctx).await.unwrap_or_else(|failure| failure.respond(&id))
        };
        self.router = self.router.route(path, on_method(MethodFilter::GET, handle));
        self.operations.push(Operation {
            method: Method::Get,
            path,
            summary,
            schemas: Schemas::events::<T>(),
            reader: None,
        });
        self
    }

    /// The same, of the one thing that the path names by its id (`/things/{thing}/events`).
    #[must_use]
    pub fn stream_of<T, I, F, Fut>(mut self, path: &'static str, summary: &'static str, handler: F) -> Self
    where
        T: ToSchema,
        I: FromStr + Send,
        F: Fn(Ctx, I) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, Path(named): Path<String>| of_one(ctx, &named, &handler).await;
        self.router = self.router.route(path, on_method(MethodFilter::GET, handle));
        self.operations.push(Operation {
            method: Method::Get,
            path,
            summary,
            schemas: Schemas::events::<T>(),
            reader: None,
        });
        self
    }

    /// Mounts a file that is fetched, of this media type.
    #[must_use]
    pub fn download<F, Fut>(
        mut self,
        path: &'static str,
        summary: &'static str,
        media: &'static str,
        handler: F,
    ) -> Self
    where
        F: Fn(Ctx) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, id: RequestId| {
            handler(ctx).await.unwrap_or_else(|failure| failure.respond(&id))
        };
        self.router = self.router.route(path, on_method(MethodFilter::GET, handle));
        self.operations.push(Operation {
            method: Method::Get,
            path,
            summary,
            schemas: Schemas::download(&[media]),
            reader: None,
        });
        self
    }

    /// The same, of the one thing that the path names by its id (`/things/{thing}`), of one of these media types.
    #[must_use]
    pub fn download_of<I, F, Fut>(
        mut self,
        path: &'static str,
        summary: &'static str,
        media: &[&'static str],
        handler: F,
    ) -> Self
    where
        I: FromStr + Send,
        F: Fn(Ctx, I) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, Path(named): Path<String>| of_one(ctx, &named, &handler).await;
        self.router = self.router.route(path, on_method(MethodFilter::GET, handle));
        self.operations.push(Operation {
            method: Method::Get,
            path,
            summary,
            schemas: Schemas::download(media),
            reader: None,
        });
        self
    }

    /// Mounts where a file is sent as the whole body of a request; the answer is a `T` as JSON. The handler reads the file
    /// itself, when it knows that it wants it; what is no plain file does not reach it.
    #[must_use]
    pub fn upload<T, F, Fut>(mut self, path: &'static str, summary: &'static str, handler: F) -> Self
    where
        T: ToSchema + serde::Serialize,
        F: Fn(Ctx, Upload) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer<T>, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, request: Request| {
            let id = ctx.id.clone();
            take_in(ctx, request, &handler)
                .await
                .unwrap_or_else(|failure| failure.respond(&id))
        };
        self.router = self.router.route(path, on_method(MethodFilter::POST, handle));
        self.operations.push(Operation {
            method: Method::Post,
            path,
            summary,
            schemas: Schemas::upload::<T>(),
            reader: None,
        });
        self
    }

    /// The same, for the one thing that the path names by its id (`/things/{thing}`).
    #[must_use]
    pub fn upload_of<T, I, F, Fut>(mut self, path: &'static str, summary: &'static str, handler: F) -> Self
    where
        T: ToSchema + serde::Serialize,
        I: FromStr + Send,
        F: Fn(Ctx, I, Upload) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer<T>, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, Path(named): Path<String>, request: Request| {
            let id = ctx.id.clone();
            let answer = async {
                let one = read(&named)?;
                take_in(ctx, request, |ctx, upload| handler(ctx, one, upload)).await
            };
            answer.await.unwrap_or_else(|failure| failure.respond(&id))
        };
        self.router = self.router.route(path, on_method(MethodFilter::POST, handle));
        self.operations.push(Operation {
            method: Method::Post,
            path,
            summary,
            schemas: Schemas::upload::<T>(),
            reader: None,
        });
        self
    }

    /// Mounts a page that the server itself draws, at an address outside of the API. It brings its own content security
    /// policy; without one nothing may be loaded.
    #[must_use]
    pub fn page<F, Fut>(mut self, path: &'static str, handler: F) -> Self
    where
        F: Fn(Ctx) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Failure>> + Send,
    {
        let handle = async move |ctx: Ctx, id: RequestId| {
            handler(ctx).await.unwrap_or_else(|failure| failure.respond(&id))
        };
        self.pages = self.pages.route(path, on_method(MethodFilter::GET, handle));
        self
    }

    /// Counts writes as `counting` says, where it says anything. One slice does.
    #[must_use]
    pub const fn counting(mut self, counting: Counting) -> Self {
        self.counting = Some(counting);
        self
    }

    /// Both slices' endpoints.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.pages = self.pages.merge(other.pages);
        self.operations.extend(other.operations);
        self.counting = self.counting.or(other.counting);
        self
    }

    /// What is mounted, in the order of mounting.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The API's router and the pages' router, and how writes are counted.
    pub(super) fn into_routers(self) -> (Router<App>, Router<App>, Option<Counting>) {
        (self.router, self.pages, self.counting)
    }
}

async fn answer<E: Endpoint>(
    ctx: Ctx,
    request: Request,
    handler: &impl Handler<E>,
) -> Result<Response, Failure> {
    let (parts, sent) = request.into_parts();
    let taken = match E::METHOD {
        Method::Get => body::parse(b"null")?,
        Method::Post => body::read(&parts.headers, sent).await?,
    };
    handler.call(ctx, taken).await?.respond()
}

/// What [`Operation::reader`] does.
fn read_and_write<E: Endpoint>(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let taken: E::Request = body::object(bytes)?;
    serde_json::to_vec(&taken).map_err(Failure::fault)
}

/// Reads the id in a path. What is none names nothing.
fn read<I: FromStr>(named: &str) -> Result<I, Failure> {
    named.parse().map_err(|_| ErrorCode::NotFound.into())
}

/// Answers for the one thing that a path names.
async fn of_one<I, F, Fut>(ctx: Ctx, named: &str, handler: &F) -> Response
where
    I: FromStr + Send,
    F: Fn(Ctx, I) -> Fut,
    Fut: Future<Output = Result<Response, Failure>> + Send,
{
    let id = ctx.id.clone();
    let answer = match read(named) {
        Ok(one) => handler(ctx, one).await,
        Err(failure) => Err(failure),
    };
    answer.unwrap_or_else(|failure| failure.respond(&id))
}

/// Lets a file come, if it is one, and has the handler read it.
async fn take_in<T, Fut>(
    ctx: Ctx,
    request: Request,
    handler: impl FnOnce(Ctx, Upload) -> Fut,
) -> Result<Response, Failure>
where
    T: serde::Serialize,
    Fut: Future<Output = Result<Answer<T>, Failure>> + Send,
{
    let allowance = request.extensions().get::<Allowance>().cloned();
    let allowance = allowance.ok_or_else(|| Failure::fault("a request without the guard"))?;
    let upload = Upload::of(request, ctx.app.uploads.clone(), allowance)?;
    handler(ctx, upload).await?.respond()
}
