import { createBrowserRouter, Navigate } from 'react-router';
import { DeskPage } from './features/desk/DeskPage';
import { Frame } from './frame/Frame';
import { NotFound } from './frame/NotFound';
import { PageCrash } from './frame/PageCrash';
import { paths } from './paths';

/** The whole site. The desk comes with the first load, everything else when it is opened. */
export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <PageCrash />,
    children: [
      {
        errorElement: <PageCrash />,
        hydrateFallbackElement: <div />,
        children: [
          { path: paths.desk, element: <DeskPage /> },
          { path: '/sign-in', element: <Navigate to={paths.desk} replace /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
